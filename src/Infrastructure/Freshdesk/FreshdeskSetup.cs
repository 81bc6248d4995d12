using System.Text;
using Microsoft.Extensions.Configuration;
using OrderIssues.Application.Common.Configuration;
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

        return services
            .AddTicketSystem(Channels.Freshdesk, "Freshdesk", options.RateLimitFloor)
            .AddClient(Channels.Freshdesk, options)
            .AddClient(FreshdeskClient.Archive, options)
            .AddClient(FreshdeskClient.Extras, options)
            .AddSingleton(new FreshdeskOrderIds(options.OrderIdField, options.OrderIdPatterns.Values))
            .AddSingleton<FreshdeskClient>()
            .AddSingleton<FreshdeskStatusLabels>()
            .AddSingleton<ITicketSystem, FreshdeskTicketSystem>();
    }

    private static IServiceCollection AddClient(this IServiceCollection services, string name, FreshdeskOptions options)
    {
        // Ends with a slash, so that relative addresses add to it.
        var baseUrl = new Uri($"{options.BaseUrl!.AbsoluteUri.TrimEnd('/')}/");

        // The key is the user, and any password does (https://developers.freshdesk.com/api/#authentication).
        var credential = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.ApiKey}:X"));
        services.AddTicketHttp(name, baseUrl)
            .ConfigureHttpClient(http => http.DefaultRequestHeaders.Authorization = new("Basic", credential))
            .AddRetries()
            .AddHttpMessageHandler(() => new BufferingHandler { ReadsRefusals = true })

            // Inside the buffering, so that a body that breaks off counts as a failed attempt.
            .AddThrottling(Channels.Freshdesk, FreshdeskRateLimit.Read);
        return services;
    }
}
