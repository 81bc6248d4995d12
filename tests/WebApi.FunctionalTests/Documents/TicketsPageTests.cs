using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Documents;

/// <summary>What the page on ticket systems has to be typed works, and what it says failures look like is what they look like.</summary>
public sealed partial class TicketsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "tickets.md"));

    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private FakeFreshdesk freshdesk = null!;
    private FakeTikTokShop tikTok = null!;
    private bool isExchanging;

    /// <summary>How each failure on the page comes about, in its order: the system, and what is done to it or to the configuration.</summary>
    private static readonly (string Source, string Detail, Action<TicketsPageTests> Break, (string Key, string Value)[] Settings)[] Failures =
    [
        ("freshdesk", "Tickets of freshdesk aren't set up in this service.", _ => { }, [("Environment", "Production"), ("Freshdesk:BaseUrl", ""), ("Freshdesk:ApiKey", "")]),
        ("freshdesk", "Freshdesk refused the credentials of this service.", _ => { }, [("Freshdesk:ApiKey", "another-key")]),
        ("freshdesk", "Freshdesk takes no more calls for now.", test => test.freshdesk.Always = FakeFreshdesk.Status(429, "60"), []),
        ("freshdesk", "Freshdesk isn't available for now.", test => test.freshdesk.Always = FakeFreshdesk.Status(503), []),
        ("freshdesk", "Freshdesk can't be reached.", _ => { }, [("Freshdesk:BaseUrl", "http://127.0.0.1:1")]),
        ("freshdesk", "Freshdesk failed too often just now to be asked again yet.", test => test.freshdesk.Always = FakeFreshdesk.Status(500), []),
        ("freshdesk", "Freshdesk took too long to answer.", test => test.freshdesk.Always = FakeApi.HangAsync, []),
        ("freshdesk", "Freshdesk answered with the status 500.", test => test.freshdesk.Always = FakeFreshdesk.Status(500), []),
        ("freshdesk", "Freshdesk answered with something that can't be used.", test => test.freshdesk.Always = FakeApi.Body("<html>Log in</html>"), []),
        ("freshdesk", "Freshdesk doesn't let the agent of this service's API key see this ticket.", test => test.freshdesk.Always = FakeFreshdesk.Status(403), []),
        ("freshdesk", "freshdesk has no ticket of this id.", test => test.freshdesk.Always = FakeFreshdesk.Status(404), []),
        ("tiktok", "Tickets of tiktok aren't set up in this service.", _ => { }, [.. TikTokShopService.Keys.Select(key => (key, ""))]),
        ("tiktok", "TikTok Shop no longer knows this service's refresh token: the shop must authorize the app again.", test => test.tikTok.ExpireAccessToken(), [("TikTokShop:RefreshToken", "long-gone")]),
        ("tiktok", "TikTok Shop refused the access token of this service.", test => test.tikTok.Always = FakeTikTokShop.Code(105002), []),
        ("tiktok", "TikTok Shop refused the credentials of this service.", test => test.tikTok.Always = FakeTikTokShop.Status(403), []),
        ("tiktok", "TikTok Shop doesn't let this app do that: its authorization lacks the scope.", test => test.tikTok.Always = FakeTikTokShop.Code(105005), []),
        ("tiktok", "TikTok Shop refused the signature of this service: TikTokShop:AppKey, TikTokShop:AppSecret or the clock is wrong.", _ => { }, [("TikTokShop:AppSecret", "another-secret")]),
        ("tiktok", "TikTok Shop refused TikTokShop:ShopCipher: it isn't that of a shop that the access token is for.", _ => { }, [("TikTokShop:ShopCipher", "another-shop")]),
        ("tiktok", "TikTok Shop takes no more calls for now.", test => test.tikTok.Always = FakeTikTokShop.Code(36009002), []),
        ("tiktok", "TikTok Shop isn't available for now.", test => test.tikTok.Always = FakeTikTokShop.Status(503), []),
        ("tiktok", "TikTok Shop's access token has expired, and the process that was to exchange it isn't done, or ended.", test => test.isExchanging = true, []),
        ("tiktok", "TikTok Shop can't be reached.", _ => { }, [("TikTokShop:BaseUrl", "http://127.0.0.1:1")]),
        ("tiktok", "TikTok Shop failed too often just now to be asked again yet.", test => test.tikTok.Always = FakeTikTokShop.Status(500), []),
        ("tiktok", "TikTok Shop took too long to answer.", test => test.tikTok.Always = FakeApi.HangAsync, []),
        ("tiktok", "TikTok Shop failed on its own side.", test => test.tikTok.Always = FakeTikTokShop.Code(36009003), []),
        ("tiktok", "TikTok Shop answered with the status 500.", test => test.tikTok.Always = FakeTikTokShop.Status(500), []),
        ("tiktok", "TikTok Shop answered with something that can't be used.", test => test.tikTok.Always = FakeApi.Body("<html>Log in</html>"), []),
        ("tiktok", "TikTok Shop answered with the code 36009009.", test => test.tikTok.Always = FakeTikTokShop.Code(36009009), []),
        ("tiktok", "tiktok has no ticket of this id.", test => test.tikTok.Always = FakeTikTokShop.Data("{}"), []),
    ];

    [SetUp]
    public async Task Start() => (isExchanging, freshdesk, tikTok) = (false, await FakeFreshdesk.StartAsync(), await FakeTikTokShop.StartAsync(time));

    [TearDown]
    public async Task Stop()
    {
        await freshdesk.DisposeAsync();
        await tikTok.DisposeAsync();
    }

    [Test]
    public void Every_failure_is_one_that_is_tried() =>
        Assert.That(Row().Matches(Page).Select(row => row.Groups["detail"].Value), Is.EqualTo(Failures.Select(failure => failure.Detail)));

    [TestCaseSource(nameof(Details))]
    public async Task A_failure_looks_as_the_page_says(string detail)
    {
        var failure = Failures.Single(failure => failure.Detail == detail);
        using var service = TikTokShopService.On(
            StoreKind.Sqlite,
            time,
            tikTok,
            [("Auth:AllowAnonymous", "true"), ("Freshdesk:BaseUrl", freshdesk.BaseUrl), ("Freshdesk:ApiKey", FakeFreshdesk.ApiKey), .. failure.Settings]);
        failure.Break(this);
        var path = $"/api/issue-ticket/18362?source={failure.Source}";
        if (detail.Contains("too often", StringComparison.Ordinal))
        {
            await time.LetPassUntilAsync(service.Api.GetAsync(path));
            await time.LetPassUntilAsync(service.Api.GetAsync(path));
        }

        using var other = isExchanging ? service.Another() : null;
        if (other is not null)
        {
            tikTok.ExpireAccessToken();
            tikTok.AlwaysRefresh = FakeApi.HangAsync;
            await time.LetPassUntilAsync(IsExchangingAsync(other.Api.GetAsync(path)));
        }

        var answer = await time.LetPassUntilAsync(service.Api.GetAsync(path));

        // What is under way ends, so that nobody waits for it.
        time.Advance(TimeSpan.FromMinutes(1));
        var shown = Row().Matches(Page).Single(row => row.Groups["detail"].Value == detail);
        Assert.That(((string?)answer.Body["code"], (string?)answer.Body["detail"]), Is.EqualTo((shown.Groups["code"].Value, detail)));
    }

    public static IEnumerable<string> Details => Failures.Select(failure => failure.Detail);

    [Test]
    public async Task Commands_show_what_they_are_there_for()
    {
        Tools.Require("sh", "curl", "openssl");
        var commands = Command().Matches(Page).Select(command => Regex.Replace(command.Groups["command"].Value, "^ +", "", RegexOptions.Multiline)).ToList();
        Assert.That(commands, Has.Count.EqualTo(3));

        Assert.That((await RunAsync(commands[0])).AsArray().Select(field => (string?)field!["name"]), Has.Member("cf_order"));
        var tokens = (await RunAsync(commands[1]))["data"]!;
        Assert.That((string?)tokens["access_token"], Is.EqualTo(FakeTikTokShop.FirstAccessToken));
        Assert.That((string?)tokens["refresh_token"], Is.EqualTo(FakeTikTokShop.FirstRefreshToken));
        Assert.That((string?)(await RunAsync(commands[2]))["data"]!["shops"]![0]!["cipher"], Is.EqualTo(FakeTikTokShop.ShopCipher));
    }

    private async Task<bool> IsExchangingAsync(Task<Answer> answer)
    {
        while (!answer.IsCompleted && !tikTok.Calls.Contains(FakeTikTokShop.RefreshCall))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        return true;
    }

    private async Task<JsonNode> RunAsync(string command)
    {
        var here = command
            .Replace("https://acme.freshdesk.com", freshdesk.BaseUrl, StringComparison.Ordinal)
            .Replace("https://auth.tiktok-shops.com", tikTok.BaseUrl, StringComparison.Ordinal)
            .Replace("https://open-api.tiktokglobalshop.com", tikTok.BaseUrl, StringComparison.Ordinal);
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", here])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["FRESHDESK_KEY"] = FakeFreshdesk.ApiKey,
                ["APP_KEY"] = FakeTikTokShop.AppKey,
                ["APP_SECRET"] = FakeTikTokShop.AppSecret,
                ["CODE"] = FakeTikTokShop.AuthorizationCode,
                ["ACCESS_TOKEN"] = FakeTikTokShop.FirstAccessToken,
            },
        })!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.That(shell.ExitCode, Is.Zero, here);
        return JsonNode.Parse(output)!;
    }

    [GeneratedRegex(@"^\| `(?<code>[a-z_]+)`: (?<detail>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"```sh\n(?<command>.*?)\n *```", RegexOptions.Singleline)]
    private static partial Regex Command();
}
