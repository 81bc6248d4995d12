using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Application.Common.Configuration;
using OrderIssues.Domain.Tickets;
using OrderIssues.Infrastructure.TicketSystems;
using OrderIssues.Infrastructure.TikTokShop.Answers;
using OrderIssues.Infrastructure.TikTokShop.Calls;
using OrderIssues.Infrastructure.TikTokShop.Tokens;

namespace OrderIssues.Infrastructure.TikTokShop;

internal static class TikTokShopSetup
{
    /// <summary>Registers TikTok Shop where it is configured.</summary>
    public static IServiceCollection AddTikTokShop(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(TikTokShopOptions.Section);
        var isConfigured = section.GetChildren().Any(child => !string.IsNullOrWhiteSpace(child.Value));
        var options = services.AddSection<TikTokShopOptions>(
            configuration, TikTokShopOptions.Section, options => options.IsConfigured = isConfigured);
        if (!isConfigured)
        {
            return services;
        }

        services
            .AddTicketSystem(Channels.TikTok, "TikTok Shop")
            .AddTicketHttp(Channels.TikTok, options.BaseUrl)
            .AddRetries()
            .AddThrottling(Channels.TikTok, ThrottleSignal.Read)
            .AddHttpMessageHandler<StatusHandler>()
            .AddHttpMessageHandler(() => new BufferingHandler { ReadsRefusals = true })
            .AddHttpMessageHandler<SigningHandler>();
        services.AddTicketHttp(TokenExchange.Name, options.AuthBaseUrl)
            .AddSingleAttempt()
            .AddHttpMessageHandler(() => new BufferingHandler { ReadsRefusals = true });
        return services
            .AddSingleton(options)
            .AddTransient<StatusHandler>()
            .AddTransient<SigningHandler>()
            .AddSingleton<TikTokShopErrors>()
            .AddSingleton<TokenExchange>()
            .AddSingleton<TokenRefresher>()
            .AddSingleton<TikTokShopTokens>()
            .AddHostedService(provider => provider.GetRequiredService<TikTokShopTokens>())
            .AddSingleton<TikTokShopClient>()
            .AddSingleton<ITicketSystem, TikTokShopTicketSystem>();
    }
}
