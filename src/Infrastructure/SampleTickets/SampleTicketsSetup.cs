using Microsoft.Extensions.Hosting;

namespace OrderIssues.Infrastructure.SampleTickets;

internal static class SampleTicketsSetup
{
    /// <summary>Registers samples in Development without a ticket system.</summary>
    public static IServiceCollection AddSampleTickets(this IServiceCollection services, IHostEnvironment environment) =>
        !environment.IsDevelopment() || services.Any(service => service.ServiceType == typeof(ITicketSystem))
            ? services
            : services
                .AddSingleton<SampleTicketSystem>()
                .AddSingleton<ITicketSystem>(provider => provider.GetRequiredService<SampleTicketSystem>())
                .AddHostedService(provider => provider.GetRequiredService<SampleTicketSystem>());
}
