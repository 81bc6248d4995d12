using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrderIssues.Domain.Tickets;

namespace OrderIssues.WebApi.FunctionalTests.Fakes;

/// <summary>A ticket system that says what a test wants.</summary>
internal sealed class FakeTickets(Func<string, Ticket?> find, string name = "freshdesk") : ITicketSystem
{
    private int calls;

    public string Name => name;

    /// <summary>How often it was asked.</summary>
    public int Calls => calls;

    public Task<Ticket?> FindAsync(string ticketId, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref calls);
        return Task.FromResult(find(ticketId));
    }

    /// <summary>Puts these in the place of a service's ticket systems.</summary>
    public static Action<IServiceCollection> Only(params ITicketSystem[] sources) => services =>
    {
        services.RemoveAll<ITicketSystem>();
        foreach (var source in sources)
        {
            services.AddSingleton(source);
        }
    };
}
