using Microsoft.Extensions.Time.Testing;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Fakes;

/// <summary>A service that looks tickets up in a <see cref="FakeTikTokShop"/>.</summary>
internal static class TikTokShopService
{
    private static readonly (string Key, string Value)[] Configured =
    [
        ("TikTokShop:BaseUrl", ""),
        ("TikTokShop:AuthBaseUrl", ""),
        ("TikTokShop:AppKey", FakeTikTokShop.AppKey),
        ("TikTokShop:AppSecret", FakeTikTokShop.AppSecret),
        ("TikTokShop:AccessToken", FakeTikTokShop.FirstAccessToken),
        ("TikTokShop:RefreshToken", FakeTikTokShop.FirstRefreshToken),
        ("TikTokShop:ShopCipher", FakeTikTokShop.ShopCipher),
    ];

    public static IEnumerable<string> Keys => Configured.Select(setting => setting.Key);

    public static Service On(StoreKind store, FakeTimeProvider time, FakeTikTokShop fake, params (string Key, string Value)[] settings) =>
        Service.On(store, time, [.. Configured.Select(setting => setting.Value == "" ? (setting.Key, fake.BaseUrl) : setting), .. settings]);

    public static Task<Answer> LookUpAsync(this Service service, string ticketId) =>
        service.Api.GetAsync($"/api/issue-ticket/{ticketId}?source=tiktok");
}
