using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Domain.Tickets;

namespace OrderIssues.Infrastructure.SampleTickets;

internal static class SampleTicketsSetup
{
    public static IServiceCollection AddSampleTickets(this IServiceCollection services) =>
        services
            .AddSingleton<SampleTicketSystem>()
            .AddSingleton<ITicketSystem>(provider => provider.GetRequiredService<SampleTicketSystem>())
            .AddHostedService(provider => provider.GetRequiredService<SampleTicketSystem>());
}
