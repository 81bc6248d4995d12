using Microsoft.Extensions.Time.Testing;

namespace OrderIssues.WebApi.FunctionalTests.Hosting;

/// <summary>A service that looks tickets up in a <see cref="FakeTikTokShop"/>.</summary>
internal static class TikTokShopService
{
    public static Service On(Store store, FakeTimeProvider time, FakeTikTokShop fake, params (string Key, string Value)[] settings) =>
        Service.On(
            store,
            time,
            [
                ("TikTokShop:BaseUrl", fake.BaseUrl),
                ("TikTokShop:AuthBaseUrl", fake.BaseUrl),
                ("TikTokShop:AppKey", FakeTikTokShop.AppKey),
                ("TikTokShop:AppSecret", FakeTikTokShop.AppSecret),
                ("TikTokShop:AccessToken", FakeTikTokShop.FirstAccessToken),
                ("TikTokShop:RefreshToken", FakeTikTokShop.FirstRefreshToken),
                ("TikTokShop:ShopCipher", FakeTikTokShop.ShopCipher),
                .. settings,
            ]);

    public static Task<Answer> LookUpAsync(this Service service, string ticketId) =>
        service.Api.GetAsync($"/api/issue-ticket/{ticketId}?source=tiktok");
}
