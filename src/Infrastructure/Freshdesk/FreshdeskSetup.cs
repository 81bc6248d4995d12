using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Application.Common.Configuration;
using OrderIssues.Domain.Tickets;
using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.Freshdesk;

internal static class FreshdeskSetup
{
    /// <summary>Registers Freshdesk where it is configured.</summary>
    public static IServiceCollection AddFreshdesk(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSection<FreshdeskOptions>(configuration, FreshdeskOptions.Section);
        if (options.BaseUrl is null)
        {
            return services;
        }

        // Ends with a slash, so that relative addresses add to it.
        var baseUrl = new Uri($"{options.BaseUrl.AbsoluteUri.TrimEnd('/')}/");

        // https://developers.freshdesk.com/api/#authentication: the key is the user, and any password does.
        var credential = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.ApiKey}:X"));
        var tickets = services.AddTicketSystem(Channels.Freshdesk, "Freshdesk", baseUrl);
        foreach (var client in new[] { tickets, services.AddExtras(baseUrl) })
        {
            client.ConfigureHttpClient(http => http.DefaultRequestHeaders.Authorization = new("Basic", credential));

            // So that it hears also of answers that break off.
            client.AddHttpMessageHandler<BufferingHandler>();
            if (options.RateLimitFloor > 0)
            {
                client.AddHttpMessageHandler<RateLimitHandler>();
            }
        }

        return services
            .AddSingleton(provider => new RateLimitTracker(
                options.RateLimitFloor, provider.GetRequiredKeyedService<ThrottleGate>(Channels.Freshdesk), provider.GetRequiredService<TimeProvider>()))
            .AddTransient<RateLimitHandler>()
            .AddSingleton(new FreshdeskOrderIds(options.OrderIdField, options.OrderIdPatterns.Values))
            .AddSingleton<FreshdeskClient>()
            .AddSingleton<FreshdeskStatusLabels>()
            .AddSingleton<ITicketSystem, FreshdeskTicketSystem>();
    }

    /// <summary>It pauses when the tickets' client does: the limit is one.</summary>
    private static IHttpClientBuilder AddExtras(this IServiceCollection services, Uri baseUrl) =>
        services
            .AddKeyedSingleton(FreshdeskClient.Extras, (provider, _) => provider.GetRequiredKeyedService<ThrottleGate>(Channels.Freshdesk))
            .AddKeyedSingleton(FreshdeskClient.Extras, (provider, _) => provider.GetRequiredKeyedService<TicketSystemErrors>(Channels.Freshdesk))
            .AddTicketHttp(FreshdeskClient.Extras, baseUrl);
}
