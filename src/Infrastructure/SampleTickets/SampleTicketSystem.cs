using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIssues.Infrastructure.Freshdesk;

namespace OrderIssues.Infrastructure.SampleTickets;

/// <summary>Stands in for Freshdesk in Development.</summary>
internal sealed partial class SampleTicketSystem(ILogger<SampleTicketSystem> logger) : ITicketSystem, IHostedService
{
    private readonly Dictionary<string, Ticket> tickets = Load().ToDictionary(
        ticket => ticket.TicketId,
        ticket => ticket with { StatusText = ticket.Status is { } status ? FreshdeskStatus.TextOf(status) : null });

    public string Name => Channels.Freshdesk;

    public Task<Ticket?> FindAsync(string ticketId, CancellationToken cancellationToken) =>
        Task.FromResult(tickets.GetValueOrDefault(ticketId));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var ids = string.Join(", ", tickets.Keys);
        LogSamples(ids);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static Ticket[] Load()
    {
        using var file = typeof(SampleTicketSystem).Assembly.GetManifestResourceStream(typeof(SampleTicketSystem), "sample-tickets.json")!;
        return JsonSerializer.Deserialize<Ticket[]>(file, JsonSerializerOptions.Web)!;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Freshdesk:BaseUrl isn't set: look-ups answer with made-up sample tickets ({Ids})")]
    private partial void LogSamples(string ids);
}
