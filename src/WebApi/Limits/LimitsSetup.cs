using Microsoft.AspNetCore.Http.Timeouts;
using OrderIssues.WebApi.Errors;

namespace OrderIssues.WebApi.Limits;

internal static class LimitsSetup
{
    /// <summary>Less than the 60 seconds for which an unfinished request holds its Idempotency-Key.</summary>
    private const int SecondsOfARequest = 30;

    /// <summary>What callers may take of the service: requests a minute, work at once, time.</summary>
    /// <exception cref="StartupException">A configured value can't be used.</exception>
    public static IServiceCollection AddLimits(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddSingleton<ConcurrencyLimitFilter>();
        services.Configure<MvcOptions>(options => options.Filters.AddService<ConcurrencyLimitFilter>());
        services.AddRequestTimeouts(options => options.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = TimeSpan.FromSeconds(SecondsOfARequest),
            WriteTimeoutResponse = context => context.RequestServices.GetRequiredService<ProblemWriter>().WriteAsync(context, TookTooLong()),
        });
        return services.AddRateLimits(configuration, environment);
    }

    private static ProblemException TookTooLong() =>
        new(ProblemCode.Overloaded, $"The request took more than {SecondsOfARequest} seconds.") { RetryAfter = TimeSpan.FromSeconds(1) };
}
