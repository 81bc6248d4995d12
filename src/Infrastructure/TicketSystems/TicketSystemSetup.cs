using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Internal;

namespace OrderIssues.Infrastructure.TicketSystems;

internal static class TicketSystemSetup
{
    /// <summary>What look-ups in a ticket system need, under its name.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">What callers know the system by, and what its HTTP client is called.</param>
    /// <param name="title">What people call it.</param>
    /// <param name="baseUrl">Where it is.</param>
    public static IHttpClientBuilder AddTicketSystem(this IServiceCollection services, string name, string title, Uri baseUrl)
    {
        services.AddHybridCache(cache => cache.MaximumPayloadBytes = BufferingHandler.MaxBytes);
        services.AddOptions<MemoryCacheOptions>().Configure((MemoryCacheOptions cache, TimeProvider time) => cache.Clock = new CacheClock(time));
        return services
            .AddKeyedSingleton<ThrottleGate>(name, (provider, _) => new(provider.GetRequiredService<TimeProvider>()))
            .AddKeyedSingleton<TicketSystemErrors>(name, (provider, _) => new(title, provider.GetRequiredService<TimeProvider>()))
            .AddKeyedSingleton<TicketCache>(name, (provider, _) => new(
                name,
                provider.GetRequiredKeyedService<TicketSystemErrors>(name),
                provider.GetRequiredKeyedService<ThrottleGate>(name),
                provider.GetRequiredService<HybridCache>(),
                provider.GetRequiredService<TimeProvider>()))
            .AddTransient<BufferingHandler>()
            .AddTicketHttp(name, baseUrl);
    }

    /// <summary>The time that the cache goes by.</summary>
    private sealed class CacheClock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
