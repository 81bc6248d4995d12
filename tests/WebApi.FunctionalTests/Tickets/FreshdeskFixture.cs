using Microsoft.Extensions.Time.Testing;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Tickets;

/// <summary>A Freshdesk for each test, and a service that looks tickets up there, on a clock that only the test moves.</summary>
public abstract class FreshdeskFixture
{
    private protected const string Path = "/api/issue-ticket/18362";
    private protected const string Call = "GET /api/v2/tickets/18362?include=requester";

    private Service? service;

    private protected virtual StoreKind Store => StoreKind.Sqlite;

    private protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2025, 11, 20, 10, 0, 0, TimeSpan.Zero));

    private protected FakeFreshdesk Freshdesk { get; private set; } = null!;

    /// <summary>Set where it isn't configured as usual.</summary>
    private protected Service Service
    {
        get => service ??= Start();
        set => service = value;
    }

    [SetUp]
    public async Task StartFreshdesk() => Freshdesk = await FakeFreshdesk.StartAsync();

    [TearDown]
    public async Task Stop()
    {
        // A call that still hangs holds the end up until its timeout, which this clock must reach.
        await Time.LetPassUntilAsync(Task.Run(() =>
        {
            service?.Dispose();
            return true;
        }));
        await Freshdesk.DisposeAsync();
    }

    private protected Service Start(params (string Key, string Value)[] settings) =>
        Service.On(Store, Time, [("Freshdesk:BaseUrl", Freshdesk.BaseUrl), ("Freshdesk:ApiKey", FakeFreshdesk.ApiKey), .. settings]);

    /// <summary>Why it failed; null where it didn't.</summary>
    private protected static string? CodeOf(Answer answer) => (string?)answer.Body["code"];

    /// <summary>Waits for what happens on the way to Freshdesk, or there.</summary>
    private protected static async Task UntilAsync(Func<bool> happened)
    {
        for (var i = 0; !happened(); i++)
        {
            Assert.That(i, Is.LessThan(2_000), "It doesn't happen");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }
}
