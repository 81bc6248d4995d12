using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging.Abstractions;
using Polly;
using Polly.CircuitBreaker;
using Polly.Telemetry;
using Polly.Timeout;

namespace OrderIssues.Infrastructure.TicketSystems;

internal static class TicketHttp
{
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SingleAttemptTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Adds a client; requests pass handlers as added.</summary>
    public static IHttpClientBuilder AddTicketHttp(this IServiceCollection services, string name, Uri baseUrl)
    {
        // The log tells how a look-up failed, but not which ticket was looked up, nor what came back.
        services.Configure<TelemetryOptions>(telemetry => telemetry.LoggerFactory = NullLoggerFactory.Instance);
        return services
            .AddHttpClient(name, http =>
            {
                http.BaseAddress = baseUrl;
                http.Timeout = Timeout.InfiniteTimeSpan;
                http.DefaultRequestHeaders.Accept.Add(new("application/json"));
                http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("order-issue-service", "1"));
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            })
            .RemoveAllLoggers();
    }

    /// <summary>Retries twice, through all handlers added after.</summary>
    public static IHttpClientBuilder AddRetries(this IHttpClientBuilder client)
    {
        client.Services.AddKeyedSingleton<CircuitBreakerStateProvider>(client.Name);
        client.AddResilienceHandler("resilience", (pipeline, context) => Configure(
            pipeline,
            context.ServiceProvider.GetRequiredKeyedService<CircuitBreakerStateProvider>(client.Name),
            context.ServiceProvider.GetRequiredService<TimeProvider>()));
        return client;
    }

    /// <summary>Sends a request that must not be repeated.</summary>
    public static IHttpClientBuilder AddSingleAttempt(this IHttpClientBuilder client)
    {
        client.AddResilienceHandler("timeout", (pipeline, context) =>
        {
            pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
            pipeline.AddTimeout(SingleAttemptTimeout);
        });
        return client;
    }

    public static IHttpClientBuilder AddThrottling(this IHttpClientBuilder client, string system, ThrottleReader reader) =>
        client.AddHttpMessageHandler(provider => new ThrottleHandler(
            provider.GetRequiredKeyedService<ThrottleGate>(system), reader, provider.GetRequiredService<TimeProvider>()));

    /// <summary>GET whose empty content stops resends by <see cref="SocketsHttpHandler"/>.</summary>
    public static HttpRequestMessage Get(string address) => new(HttpMethod.Get, address) { Content = new ByteArrayContent([]) };

    private static void Configure(
        ResiliencePipelineBuilder<HttpResponseMessage> pipeline, CircuitBreakerStateProvider breaker, TimeProvider time)
    {
        pipeline.TimeProvider = time;
        pipeline
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 2,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                ShouldHandle = attempt => ValueTask.FromResult(IsRetried(attempt.Outcome, time)),
                DelayGenerator = attempt => ValueTask.FromResult(attempt.Outcome.Result?.RetryAfter(time)),
            })
            .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                // Support looks up a few tickets a minute: two look-ups whose attempts all failed are enough.
                MinimumThroughput = 6,
                FailureRatio = 0.5,
                SamplingDuration = TimeSpan.FromMinutes(1),
                BreakDuration = TimeSpan.FromSeconds(15),
                StateProvider = breaker,
                ShouldHandle = attempt => ValueTask.FromResult(IsSystemFailure(attempt.Outcome)),
            })
            .AddTimeout(AttemptTimeout);
    }

    private static bool IsRetried(Outcome<HttpResponseMessage> outcome, TimeProvider time) => outcome.Result switch
    {
        null => IsSystemFailure(outcome),
        { StatusCode: HttpStatusCode.TooManyRequests } limited => limited.RetryAfter(time) <= RetryAfterHeader.MaxWait,
        var answer => IsSystemFailure(outcome) && (answer.RetryAfter(time) ?? TimeSpan.Zero) <= RetryAfterHeader.MaxWait,
    };

    private static bool IsSystemFailure(Outcome<HttpResponseMessage> outcome) =>
        outcome is { Exception: HttpRequestException or TimeoutRejectedException }
            or { Result.StatusCode: >= HttpStatusCode.InternalServerError };
}
