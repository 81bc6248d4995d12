using Microsoft.AspNetCore.Http.Timeouts;

namespace OrderIssues.WebApi.Limits;

internal static class LimitsSetup
{
    // Less than the 60 seconds for which an unfinished request holds its Idempotency-Key.
    private const int MaxRequestSeconds = 30;

    /// <exception cref="StartupException">A configured value can't be used.</exception>
    public static IServiceCollection AddLimits(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddSingleton<ConcurrencyLimitFilter>();
        services.AddSingleton<LargeResponses>();
        services.Configure<MvcOptions>(options =>
        {
            options.Filters.AddService<ConcurrencyLimitFilter>();
            options.Filters.AddService<LargeResponses>();
        });
        services.AddRequestTimeouts(options => options.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = TimeSpan.FromSeconds(MaxRequestSeconds),
            WriteTimeoutResponse = context =>
            {
                var problem = TookTooLong();
                context.RequestServices.GetRequiredService<FailureLog>().Log(problem.Code, problem, ProblemWriter.TraceIdOf(context));
                return context.RequestServices.GetRequiredService<ProblemWriter>().WriteAsync(context, problem);
            },
        });
        return services.AddRateLimits(configuration, environment);
    }

    private static ProblemException TookTooLong() =>
        new(ProblemCode.RequestTimeout, $"The request took more than {MaxRequestSeconds} seconds, and may have taken effect.")
        {
            RetryAfter = FailureException.ShortPause,
        };
}
