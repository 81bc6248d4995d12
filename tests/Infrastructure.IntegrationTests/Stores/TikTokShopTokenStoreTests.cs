using OrderIssues.Infrastructure.TikTokShop.Tokens;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>What every <see cref="ITikTokShopTokenStore"/> keeps.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class TikTokShopTokenStoreTests(StoreKind kind)
{
    private static readonly DateTimeOffset Time = new(2026, 2, 28, 23, 59, 59, 987, TimeSpan.Zero);

    private EmptyStore store = null!;

    private ITikTokShopTokenStore Tokens => store.Host.TikTokShopTokens;

    [SetUp]
    public async Task Start() => store = await EmptyStore.StartAsync(kind);

    [TearDown]
    public async Task Stop() => await (store?.DisposeAsync() ?? default);

    [Test]
    public async Task Has_none_until_some_are_written()
    {
        Assert.That(await Tokens.FindAsync("shop"), Is.Null);

        Assert.That(await Tokens.TryWriteAsync(Version(1)), Is.True);

        Assert.That(await Tokens.FindAsync("shop"), Is.EqualTo(Version(1)));
    }

    [Test]
    public async Task Takes_the_first_ones_once()
    {
        await Tokens.TryWriteAsync(Version(1));

        Assert.That(await Tokens.TryWriteAsync(Version(1) with { AccessToken = "other" }), Is.False);
        Assert.That(await Tokens.TryWriteAsync(Version(1)), Is.False, "The same once more");

        Assert.That(await Tokens.FindAsync("shop"), Is.EqualTo(Version(1)));
    }

    [TestCase(0)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Takes_no_first_ones_of_another_version(long version)
    {
        Assert.That(await Tokens.TryWriteAsync(Version(version)), Is.False);

        Assert.That(await Tokens.FindAsync("shop"), Is.Null);
    }

    [Test]
    public async Task Puts_each_version_in_the_place_of_the_one_before()
    {
        for (var version = 1; version <= 5; version++)
        {
            Assert.That(await Tokens.TryWriteAsync(Version(version)), Is.True);
            Assert.That(await Tokens.FindAsync("shop"), Is.EqualTo(Version(version)));
        }
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(5)]
    public async Task Puts_no_other_version_there(long version)
    {
        for (var earlier = 1; earlier <= 3; earlier++)
        {
            await Tokens.TryWriteAsync(Version(earlier));
        }

        Assert.That(await Tokens.TryWriteAsync(Version(version) with { AccessToken = "other" }), Is.False);

        Assert.That(await Tokens.FindAsync("shop"), Is.EqualTo(Version(3)));
    }

    /// <summary>Of two instances that want to be the one to exchange the tokens, at the same millisecond, too.</summary>
    [Test]
    public async Task Takes_one_of_many_that_come_at_once([Values(1, 2)] long version, [Values] bool isSame)
    {
        await Tokens.TryWriteAsync(Version(version - 1));
        using var second = store.StartHost();
        var hosts = new[] { store.Host, second };

        var writes = Enumerable.Range(0, 20).Select(i => Version(version) with { AccessToken = isSame ? "a" : $"a{i}" }).ToList();
        var done = await Task.WhenAll(writes.Select((tokens, i) => Task.Run(() => hosts[i % 2].TikTokShopTokens.TryWriteAsync(tokens))));

        Assert.That(done.Count(isDone => isDone), Is.EqualTo(1));
        Assert.That(await Tokens.FindAsync("shop"), Is.EqualTo(writes[Array.IndexOf(done, true)]));
    }

    [Test]
    public async Task Keeps_until_when_they_are_exchanged_to_the_millisecond()
    {
        DateTimeOffset?[] times = [null, Time, Time.AddMilliseconds(1), null, DateTimeOffset.UnixEpoch];
        foreach (var (i, time) in times.Index())
        {
            var tokens = Version(i + 1) with { RefreshingUntil = time };
            await Tokens.TryWriteAsync(tokens);

            Assert.That(await Tokens.FindAsync("shop"), Is.EqualTo(tokens));
        }
    }

    [Test]
    public async Task Keeps_any_text([Values("", "$a.b", "' OR '1'='1", "花 \"\\\n")] string text)
    {
        var tokens = Version(1) with { Id = text, AccessToken = text, RefreshToken = text };

        Assert.That(await Tokens.TryWriteAsync(tokens), Is.True);

        Assert.That(await Tokens.FindAsync(text), Is.EqualTo(tokens));
    }

    [Test]
    public async Task Keeps_those_of_one_id_apart_from_those_of_others()
    {
        StoredTokens[] all = [Version(1), Version(1) with { Id = "Shop", AccessToken = "b" }, Version(1) with { Id = "shop ", AccessToken = "c" }];
        foreach (var tokens in all)
        {
            Assert.That(await Tokens.TryWriteAsync(tokens), Is.True);
        }

        Assert.That(await Tokens.TryWriteAsync(Version(2)), Is.True);

        Assert.That(await Tokens.FindAsync("shop"), Is.EqualTo(Version(2)));
        Assert.That(await Tokens.FindAsync("Shop"), Is.EqualTo(all[1]));
        Assert.That(await Tokens.FindAsync("shop "), Is.EqualTo(all[2]));
    }

    [Test]
    public async Task Shows_at_once_what_another_process_wrote()
    {
        using var second = store.StartHost();
        await Tokens.TryWriteAsync(Version(1));
        Assert.That(await second.TikTokShopTokens.FindAsync("shop"), Is.EqualTo(Version(1)));

        await second.TikTokShopTokens.TryWriteAsync(Version(2));
        Assert.That(await Tokens.FindAsync("shop"), Is.EqualTo(Version(2)));
        Assert.That(await Tokens.TryWriteAsync(Version(2)), Is.False);

        using var restarted = store.StartHost();
        Assert.That(await restarted.TikTokShopTokens.FindAsync("shop"), Is.EqualTo(Version(2)));
    }

    private static StoredTokens Version(long version) => new()
    {
        Id = "shop",
        AccessToken = $"a{version}",
        RefreshToken = $"r{version}",
        RefreshingUntil = version % 2 == 0 ? Time.AddMilliseconds(version) : null,
        Version = version,
    };
}
