using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Tickets;
using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.Freshdesk;

internal static class FreshdeskSetup
{
    public static IServiceCollection AddFreshdesk(this IServiceCollection services, FreshdeskOptions options)
    {
        // https://developers.freshdesk.com/api/#authentication: the key is the user, and any password does.
        var credential = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.ApiKey}:X"));
        services.AddTicketSystem(Channels.Freshdesk, "Freshdesk", options.BaseUrl)
            .ConfigureHttpClient(http => http.DefaultRequestHeaders.Authorization = new("Basic", credential))
            .AddHttpMessageHandler<BufferingHandler>();
        return services
            .AddSingleton(options.OrderIds)
            .AddSingleton<FreshdeskClient>()
            .AddSingleton<ITicketSource, FreshdeskTicketSource>();
    }
}
