namespace OrderIssues.WebApi.Idempotency;

internal static class IdempotencySetup
{
    /// <summary>Registers requests with an <c>Idempotency-Key</c>.</summary>
    public static IServiceCollection AddIdempotency(this IServiceCollection services) => services.AddTransient<IdempotentRequests>();
}
