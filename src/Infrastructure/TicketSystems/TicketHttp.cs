using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging.Abstractions;
using Polly;
using Polly.Telemetry;
using Polly.Timeout;

namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>The way to a ticket system: whom it tells who calls, how long an attempt may take, what is tried again, and when it stops trying.</summary>
internal static class TicketHttp
{
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Long, since there is no other attempt.</summary>
    private static readonly TimeSpan SingleCallTimeout = TimeSpan.FromSeconds(20);

    /// <summary>A <c>Retry-After</c> up to this is waited for; a longer one is the caller's to wait for.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);

    /// <summary>A client for look-ups alone, since it may send any request several times. Handlers that are added to it are passed once an attempt.</summary>
    public static IHttpClientBuilder AddTicketHttp(this IServiceCollection services, string name, Uri baseUrl)
    {
        var client = services.AddClient(name, baseUrl);
        client.AddResilienceHandler("resilience", (pipeline, context) => Configure(pipeline, context.ServiceProvider.GetRequiredService<TimeProvider>()));
        return client.AddHttpMessageHandler(provider => ActivatorUtilities.CreateInstance<ThrottleHandler>(
            provider, provider.GetRequiredKeyedService<ThrottleGate>(name), provider.GetRequiredKeyedService<TicketSystemErrors>(name)));
    }

    /// <summary>A client that sends each request once, for what may have an effect.</summary>
    public static IHttpClientBuilder AddCallOnce(this IServiceCollection services, string name, Uri baseUrl)
    {
        var client = services.AddClient(name, baseUrl);
        client.AddResilienceHandler("timeout", (pipeline, context) =>
        {
            pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
            pipeline.AddTimeout(SingleCallTimeout);
        });
        return client;
    }

    /// <summary>A GET with content, though there is none in it: what has none, the handler sends up to three times more by itself when a connection ends.</summary>
    public static HttpRequestMessage Get(string address) => new(HttpMethod.Get, address) { Content = new ByteArrayContent([]) };

    /// <summary>How long to wait, by the answer's <c>Retry-After</c> (RFC 9110 section 10.2.3), a minute at most; null where it doesn't say.</summary>
    public static TimeSpan? RetryAfter(this HttpResponseMessage response, TimeProvider time)
    {
        var asked = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - time.GetUtcNow() : null;
        return asked > ThrottleGate.MaxPause ? ThrottleGate.MaxPause : asked < TimeSpan.Zero ? TimeSpan.Zero : asked;
    }

    private static IHttpClientBuilder AddClient(this IServiceCollection services, string name, Uri baseUrl)
    {
        // Which ticket is looked up, and what came back, is no business of the log's: it is told how a look-up failed.
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

    private static void Configure(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, TimeProvider time)
    {
        pipeline.TimeProvider = time;
        pipeline
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 2,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                ShouldHandle = attempt => ValueTask.FromResult(IsWorthAnotherTry(attempt.Outcome, time)),
                DelayGenerator = attempt => ValueTask.FromResult(attempt.Outcome.Result?.RetryAfter(time)),
            })
            .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                // Support looks up a few tickets a minute: two look-ups that failed with all their attempts are enough.
                MinimumThroughput = 6,
                FailureRatio = 0.5,
                SamplingDuration = TimeSpan.FromMinutes(1),
                BreakDuration = TimeSpan.FromSeconds(15),
                ShouldHandle = attempt => ValueTask.FromResult(IsItsFault(attempt.Outcome)),
            })
            .AddTimeout(AttemptTimeout);
    }

    private static bool IsWorthAnotherTry(Outcome<HttpResponseMessage> outcome, TimeProvider time) => outcome.Result switch
    {
        null => IsItsFault(outcome),
        { StatusCode: HttpStatusCode.TooManyRequests } limited => limited.RetryAfter(time) <= MaxWait,
        var answer => IsItsFault(outcome) && (answer.RetryAfter(time) ?? TimeSpan.Zero) <= MaxWait,
    };

    /// <summary>Whether the system, or the way to it, failed.</summary>
    private static bool IsItsFault(Outcome<HttpResponseMessage> outcome) =>
        outcome is { Exception: HttpRequestException or TimeoutRejectedException } or { Result.StatusCode: >= HttpStatusCode.InternalServerError };
}
