using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OrderIssues.Client;

/// <summary>Adds the client to a program's services.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IOrderIssueClient" />.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="configure">Sets where the service is, and who calls.</param>
    /// <returns>What the <see cref="HttpClient" /> is built with. A handler that takes the place of its own must not follow redirects.</returns>
    public static IHttpClientBuilder AddOrderIssueClient(this IServiceCollection services, Action<OrderIssueClientOptions> configure)
    {
        services.AddOptions<OrderIssueClientOptions>().Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OrderIssueClientOptions>, Validation>();
        return services
            .AddHttpClient<IOrderIssueClient, OrderIssueClient>((http, provider) => new OrderIssueClient(new Sender(
                http,
                provider.GetRequiredService<IOptions<OrderIssueClientOptions>>().Value,
                provider.GetService<TimeProvider>() ?? TimeProvider.System)))
            .ConfigureHttpClient(http =>
            {
                http.Timeout = Timeout.InfiniteTimeSpan; // The client has limits of its own.
                http.DefaultRequestHeaders.UserAgent.Add(new("OrderIssues.Client", Assembly.GetExecutingAssembly().GetName().Version?.ToString(3)));
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false, // The credential would go along, wherever it leads.
                AutomaticDecompression = DecompressionMethods.All,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan); // Singletons may keep a client: connections end by themselves.
    }

    private sealed class Validation : IValidateOptions<OrderIssueClientOptions>
    {
        public ValidateOptionsResult Validate(string? name, OrderIssueClientOptions options) =>
            OrderIssueClientOptions.FaultOf(options) is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
    }
}
