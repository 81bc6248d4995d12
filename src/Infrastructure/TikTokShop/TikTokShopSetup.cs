using Microsoft.Extensions.Configuration;
using OrderIssues.Application.Common.Configuration;
using OrderIssues.Infrastructure.TicketSystems;
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

        services.AddTicketSystem(Channels.TikTok, "TikTok Shop");
        services.AddTicketHttp(Channels.TikTok, options.BaseUrl)
            .AddHttpMessageHandler<AccessTokenHandler>()
            .AddRetries()
            .AddThrottling(Channels.TikTok, ThrottleSignal.Read)
            .AddEnvelopes()
            .AddHttpMessageHandler<SigningHandler>();
        services.AddTicketHttp(TokenExchange.Name, options.AuthBaseUrl).AddSingleAttempt().AddEnvelopes();
        return services
            .AddSingleton(options)
            .AddTransient<AccessTokenHandler>()
            .AddTransient<SigningHandler>()
            .AddSingleton<TikTokShopErrors>()
            .AddSingleton<TokenExchange>()
            .AddSingleton<TokenRefresher>()
            .AddSingleton<AccessTokens>()
            .AddHostedService(provider => provider.GetRequiredService<AccessTokens>())
            .AddSingleton<TikTokShopClient>()
            .AddSingleton<ITicketSystem, TikTokShopTicketSystem>();
    }

    /// <summary>Reads refusals' envelopes too, which hold the reason.</summary>
    private static IHttpClientBuilder AddEnvelopes(this IHttpClientBuilder client) =>
        client
            .AddHttpMessageHandler(() => new EnvelopeHandler())
            .AddHttpMessageHandler(() => new BufferingHandler { ReadsRefusals = true });
}
