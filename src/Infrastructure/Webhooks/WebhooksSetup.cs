using System.Net;
using Microsoft.Extensions.Configuration;
using OrderIssues.Application;
using OrderIssues.Application.Common.Configuration;
using OrderIssues.Application.Webhooks;

namespace OrderIssues.Infrastructure.Webhooks;

internal static class WebhooksSetup
{
    /// <summary>Registers the configured endpoints, and what sends to them.</summary>
    /// <exception cref="StartupException">A configured value can't be used, or is missing.</exception>
    public static IServiceCollection AddWebhookSender(this IServiceCollection services, IConfiguration configuration)
    {
        var allowed = new AllowedHosts(services.AddSection<WebhookOptions>(configuration, WebhookOptions.Section).AllowedHosts);
        var endpoints = services.AddSection<WebhookEndpointList>(
            configuration, WebhookOptions.Section, list => list.ForEach(endpoint => endpoint.AllowedHosts = allowed));
        foreach (var endpoint in endpoints)
        {
            services.AddSingleton(endpoint.ToEndpoint()).AddWebhook(endpoint.ToEndpoint());
        }

        return services
            .AddSingleton<HostResolver>(Dns.GetHostAddressesAsync)
            .AddSingleton(allowed)
            .AddSingleton<CheckedConnector>()
            .AddSingleton<IWebhookSender>(provider => ActivatorUtilities.CreateInstance<WebhookSender>(provider, endpoints));
    }
}
