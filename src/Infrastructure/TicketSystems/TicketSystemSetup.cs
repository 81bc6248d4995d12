using System.Diagnostics.Metrics;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Internal;
using OrderIssues.Application;
using Polly.CircuitBreaker;

namespace OrderIssues.Infrastructure.TicketSystems;

internal static class TicketSystemSetup
{
    /// <summary>Adds a ticket system's services, keyed by name.</summary>
    public static IServiceCollection AddTicketSystem(this IServiceCollection services, string name, string title, int rateLimitFloor = 0)
    {
        services.AddHybridCache(cache => cache.MaximumPayloadBytes = BufferingHandler.MaxBytes);
        services.AddOptions<MemoryCacheOptions>()
            .Configure((MemoryCacheOptions cache, TimeProvider time) => cache.Clock = new CacheClock(time));
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            name,
            provider => new TicketSystemHealth(
                title, provider.GetRequiredKeyedService<ThrottleGate>(name),
                provider.GetRequiredKeyedService<CircuitBreakerStateProvider>(name)),
            HealthStatus.Degraded,
            []));
        return services
            .AddKeyedSingleton<TicketSystemErrors>(name, (provider, _) => new(title, provider.GetRequiredService<TimeProvider>()))
            .AddKeyedSingleton<ThrottleGate>(name, (provider, _) => Gauged(name, provider.GetRequiredService<IMeterFactory>(), new(
                rateLimitFloor, provider.GetRequiredKeyedService<TicketSystemErrors>(name), provider.GetRequiredService<TimeProvider>())))
            .AddKeyedSingleton<TicketCache>(name, (provider, _) => new(
                name, provider.GetRequiredKeyedService<TicketSystemErrors>(name), provider.GetRequiredKeyedService<ThrottleGate>(name),
                provider.GetRequiredService<HybridCache>(), provider.GetRequiredService<TimeProvider>()));
    }

    private static ThrottleGate Gauged(string system, IMeterFactory meters, ThrottleGate gate)
    {
        meters.Create(ServiceMeter.Name).CreateObservableGauge(
            "order_issue.ticket_system.calls_left", CallsLeft, "{call}", "Calls that a ticket system takes in this minute yet.");
        return gate;

        IEnumerable<Measurement<double>> CallsLeft() =>
            gate.CallsLeft is { } left ? [new((double)left, new KeyValuePair<string, object?>("system", system))] : [];
    }

    /// <summary>Clock that nobody sets, so that no answer is kept for longer.</summary>
    private sealed class CacheClock(TimeProvider time) : ISystemClock
    {
        private readonly DateTimeOffset startedAt = time.GetUtcNow();
        private readonly long start = time.GetTimestamp();

        public DateTimeOffset UtcNow => startedAt + time.GetElapsedTime(start);
    }
}
