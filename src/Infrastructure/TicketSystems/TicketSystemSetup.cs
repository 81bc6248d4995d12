using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Internal;

namespace OrderIssues.Infrastructure.TicketSystems;

internal static class TicketSystemSetup
{
    /// <summary>Adds the gate, the failures and the cache of a ticket system, keyed by its name.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">Name that callers know the system by.</param>
    /// <param name="title">Name that people know it by.</param>
    /// <param name="rateLimitFloor">Calls of a minute to leave to others; 0 when the system doesn't say how many are left.</param>
    public static IServiceCollection AddTicketSystem(this IServiceCollection services, string name, string title, int rateLimitFloor = 0)
    {
        services.AddHybridCache(cache => cache.MaximumPayloadBytes = BufferingHandler.MaxBytes);
        services.AddOptions<MemoryCacheOptions>()
            .Configure((MemoryCacheOptions cache, TimeProvider time) => cache.Clock = new CacheClock(time));
        return services
            .AddKeyedSingleton<TicketSystemErrors>(name, (provider, _) => new(title, provider.GetRequiredService<TimeProvider>()))
            .AddKeyedSingleton<ThrottleGate>(name, (provider, _) => new(
                rateLimitFloor, provider.GetRequiredKeyedService<TicketSystemErrors>(name), provider.GetRequiredService<TimeProvider>()))
            .AddKeyedSingleton<TicketCache>(name, (provider, _) => new(
                name,
                provider.GetRequiredKeyedService<TicketSystemErrors>(name),
                provider.GetRequiredKeyedService<ThrottleGate>(name),
                provider.GetRequiredService<HybridCache>(),
                provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Makes the cache go by the service's clock.</summary>
    private sealed class CacheClock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
