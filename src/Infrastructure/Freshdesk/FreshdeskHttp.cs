using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging.Abstractions;
using Polly;
using Polly.Telemetry;
using Polly.Timeout;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>The way to Freshdesk: whom it tells who calls, how long it waits, what it tries again, and when it stops trying.</summary>
internal static class FreshdeskHttp
{
    public const string Name = "freshdesk";

    /// <summary>All attempts and the waits between them.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(3);

    /// <summary>A <c>Retry-After</c> up to this is waited for; a longer one is the caller's to wait for.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddFreshdeskHttp(this IServiceCollection services, FreshdeskOptions options)
    {
        var client = services.AddHttpClient(Name, http =>
        {
            http.BaseAddress = options.BaseUrl;
            http.Timeout = Timeout.InfiniteTimeSpan;

            // https://developers.freshdesk.com/api/#authentication: the key is the user, and any password does.
            http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.ApiKey}:X")));
            http.DefaultRequestHeaders.Accept.Add(new("application/json"));
            http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("order-issue-service", "1"));
        });
        client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        });
        client.AddResilienceHandler("resilience", (pipeline, context) => Configure(pipeline, context.ServiceProvider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<FreshdeskPause>().AddTransient<FreshdeskAttempt>();
        client.AddHttpMessageHandler<FreshdeskAttempt>();

        // Which ticket is looked up, and what came back, is no business of the log's: it is told how a look-up failed.
        client.RemoveAllLoggers();
        services.Configure<TelemetryOptions>(telemetry => telemetry.LoggerFactory = NullLoggerFactory.Instance);
        return services;
    }

    private static void Configure(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, TimeProvider time)
    {
        var retry = new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = 2,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(200),
            ShouldHandle = attempt => ValueTask.FromResult(IsWorthAnotherTry(attempt.Outcome, time)),
            DelayGenerator = attempt => ValueTask.FromResult(attempt.Outcome.Result?.RetryAfter(time)),
        };
        retry.DisableForUnsafeHttpMethods();

        pipeline.TimeProvider = time;
        pipeline
            .AddTimeout(LongestCall)
            .AddRetry(retry)
            .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                // Support looks up a few tickets a minute: two look-ups that failed with all their attempts are enough.
                MinimumThroughput = 6,
                FailureRatio = 0.5,
                SamplingDuration = TimeSpan.FromMinutes(1),
                BreakDuration = TimeSpan.FromSeconds(15),
                ShouldHandle = attempt => ValueTask.FromResult(IsItsFault(attempt.Outcome)),
            })
            .AddTimeout(LongestAttempt);
    }

    private static bool IsWorthAnotherTry(Outcome<HttpResponseMessage> outcome, TimeProvider time) => outcome.Result switch
    {
        null => IsItsFault(outcome),
        { StatusCode: HttpStatusCode.TooManyRequests } limited => limited.RetryAfter(time) <= LongestWait,
        var answer => IsItsFault(outcome) && (answer.RetryAfter(time) ?? TimeSpan.Zero) <= LongestWait,
    };

    /// <summary>Whether Freshdesk, or the way to it, failed.</summary>
    private static bool IsItsFault(Outcome<HttpResponseMessage> outcome) =>
        outcome is { Exception: HttpRequestException or TimeoutRejectedException } or { Result.StatusCode: >= HttpStatusCode.InternalServerError };
}
