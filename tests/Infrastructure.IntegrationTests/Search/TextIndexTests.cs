using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Domain.Events;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.Infrastructure.Search;
using OrderIssues.Infrastructure.SqliteDriver;
using OrderIssues.TestCommon;
using static OrderIssues.TestCommon.IssueFactory;

namespace OrderIssues.Infrastructure.IntegrationTests.Search;

/// <summary>The index of the embedded store, beside what reading all issues finds.</summary>
public sealed class TextIndexTests
{
    private TemporaryFolder folder = null!;
    private StoreHost host = null!;

    private string File => Path.Combine(folder.Path, "order-issues.db");

    private string IndexFile => $"{File}-search";

    private TextIndex Index => IndexOf(host);

    [SetUp]
    public void Start()
    {
        folder = new TemporaryFolder();
        host = StoreHost.StartSqlite(File);
    }

    [TearDown]
    public void Stop()
    {
        host.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task Goes_on_after_a_restart()
    {
        await AddAsync("A-1", notes: "porcelain");
        Index.Prepare(default);
        await AddAsync("A-2", notes: "porcelain");
        Restart();

        await AddAsync("A-3", notes: "porcelain");

        Assert.That(Index.Prepare(default), Is.EqualTo(1), "the place of the last batch");
        Assert.That(await FoundAsync("porcelain"), Is.EquivalentTo(new[] { "A-1", "A-2", "A-3" }));
        AssertUsed();
    }

    /// <summary>The disk may lack the end of the file's log, or all of it.</summary>
    [Test]
    public async Task Goes_on_after_a_power_cut([Values(0, 25, 50, 75, 99)] int percentOfTheLog)
    {
        for (var i = 0; i < 20; i++)
        {
            await AddAsync($"A-{i}", notes: "porcelain");
            Index.Prepare(default);
            Index.Advance(i + 1, default);
        }

        var (file, log) = (System.IO.File.ReadAllBytes(IndexFile), System.IO.File.ReadAllBytes($"{IndexFile}-wal"));
        host.Dispose();
        System.IO.File.WriteAllBytes(IndexFile, file);
        System.IO.File.WriteAllBytes($"{IndexFile}-wal", log[..(log.Length * percentOfTheLog / 100)]);
        host = StoreHost.StartSqlite(File);

        Assert.That(
            Index.Prepare(default), percentOfTheLog == 0 ? Is.EqualTo(20) : Is.LessThan(20), "made anew, or without what the cut took");
        await AddAsync("A-20", notes: "porcelain");

        Assert.That(await FoundAsync("porcelain", limit: 100), Has.Count.EqualTo(21));
        AssertUsed();
    }

    [Test]
    public async Task Two_processes_share_it()
    {
        using var other = StoreHost.StartSqlite(File);
        await Task.WhenAll(Task.Run(() => Index.Prepare(default)), Task.Run(() => IndexOf(other).Prepare(default)));

        await Parallel.ForAsync(0, 200, async (i, _) =>
        {
            var of = i % 2 == 0 ? host : other;
            await of.Store.AddAsync(OrderIssue.Open(new() { OrderId = $"A-{i}", Source = "email", Notes = $"thing{i:000}" }, Statuses, Now), default);
            Assert.That(await FoundAsync($"thing{i:000}", of == host ? other : host), Is.EqualTo(new[] { $"A-{i}" }));
        });

        Assert.That(await FoundAsync("thing", limit: 200), Has.Count.EqualTo(200));
        AssertUsed();
    }

    [Test]
    public async Task A_file_that_is_none_is_made_anew()
    {
        await AddAsync("A-1", notes: "porcelain");
        Index.Prepare(default);
        host.Dispose();
        System.IO.File.WriteAllText(IndexFile, new string('x', 10_000));
        host = StoreHost.StartSqlite(File);

        Assert.That(() => Index.Prepare(default), Throws.InstanceOf<FailureException>(), "the runner tries again");
        Assert.That(await FoundAsync("porcelain"), Has.Count.EqualTo(1));

        Index.Prepare(default);
        Assert.That(await FoundAsync("porcelain"), Has.Count.EqualTo(1));
        AssertUsed();
    }

    [Test]
    public async Task A_file_with_a_broken_page_is_made_anew()
    {
        for (var i = 0; i < 50; i++)
        {
            await AddAsync($"A-{i}", notes: "porcelain");
        }

        Index.Prepare(default);
        host.Dispose();
        using (var file = System.IO.File.OpenWrite(IndexFile))
        {
            file.Position = 4096;
            file.Write(new byte[file.Length - 4096]);
        }

        host = StoreHost.StartSqlite(File);
        Assert.That(await FoundAsync("porcelain", limit: 100), Has.Count.EqualTo(50));

        Assert.That(() => Index.Prepare(default), Throws.InstanceOf<FailureException>(), "the runner tries again");
        Index.Prepare(default);
        Assert.That(await FoundAsync("porcelain", limit: 100), Has.Count.EqualTo(50));
        AssertUsed();
    }

    [Test]
    public async Task Another_log_in_place_of_its_own_makes_it_anew()
    {
        await AddAsync("A-1", notes: "porcelain");
        Index.Prepare(default);
        host.Dispose();
        Execute(File, "UPDATE eventLog SET epoch = 'other'; UPDATE issues SET notes = 'stoneware'");
        System.IO.File.Delete($"{File}-epoch");
        host = StoreHost.StartSqlite(File);

        Index.Prepare(default);

        Assert.That(await FoundAsync("porcelain"), Is.Empty);
        Assert.That(await FoundAsync("stoneware"), Has.Count.EqualTo(1));
        AssertUsed();
    }

    [Test]
    public async Task Another_event_at_its_place_makes_it_anew()
    {
        await AddAsync("A-1", notes: "porcelain");
        Index.Prepare(default);
        host.Dispose();
        Execute(File, "UPDATE events SET at = at + 1; UPDATE issues SET notes = 'stoneware'");
        host = StoreHost.StartSqlite(File);

        Index.Prepare(default);

        Assert.That(await FoundAsync("stoneware"), Has.Count.EqualTo(1));
        AssertUsed();
    }

    [Test]
    public async Task Is_searched_without_while_another_log_has_taken_the_place_of_its_own()
    {
        await AddAsync("A-1", notes: "porcelain");
        Index.Prepare(default);
        Execute(File, "UPDATE eventLog SET epoch = 'other'; UPDATE issues SET notes = 'stoneware'");

        Assert.That(await FoundAsync("stoneware"), Has.Count.EqualTo(1));
        Index.Prepare(default);
        Assert.That(await FoundAsync("stoneware"), Has.Count.EqualTo(1));
        AssertUsed();
    }

    /// <summary>A crash leaves what was committed: each batch of rows is there with its place, or neither is.</summary>
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Ends_anywhere_and_goes_on(int callsBeforeTheEnd)
    {
        var issues = new List<OrderIssue>();
        for (var i = 0; i < 5; i++)
        {
            issues.Add(await AddAsync($"A-{i}", notes: "porcelain"));
        }

        host.Dispose();
        host = StoreHost.Start(
            services => services.Decorate<IIndexedTexts>(inner => new EndingTexts(inner, callsBeforeTheEnd)),
            ("ConnectionStrings:Sqlite", $"Data Source={File}"));
        Assert.That(() => Index.Prepare(default), Throws.InstanceOf<OperationCanceledException>());
        Restart();
        await ChangeAsync(issues[0].Patch(new() { Notes = new("stoneware") }, Statuses, Now)!);

        Index.Prepare(default);

        Assert.That(await FoundAsync("porcelain"), Has.Count.EqualTo(4));
        Assert.That(await FoundAsync("stoneware"), Has.Count.EqualTo(1));
        AssertUsed();
    }

    [Test]
    public async Task Leaves_nothing_of_what_was_erased()
    {
        var issue = await AddAsync("A-1", notes: "Qxzwyvk");
        issue = await ChangeAsync(issue.AddMessage("Jane", "Jqxzwpf", Now));
        await AddAsync("A-2", notes: "porcelain");
        Index.Prepare(default);
        Assert.That(await FoundAsync("xzw"), Has.Count.EqualTo(1));
        await ChangeAsync(new IssueChange(issue, Now, HistoryActions.Erased)
        {
            Fields = [new FieldChange(IssueField.Notes.Name, "Qxzwyvk", null)],
        });
        Execute(File, "UPDATE discussion SET message = 'erased'");

        Index.Advance(4, default);
        Assert.That(Index.Purge(default), Is.True);

        foreach (var trigram in new[] { "xzw", "wyv", "zwp" })
        {
            Assert.That(await FoundAsync(trigram), Is.Empty);
            foreach (var file in Directory.GetFiles(folder.Path, "*-search*"))
            {
                Assert.That(Encoding.Latin1.GetString(ReadShared(file)), Does.Not.Contain(trigram), file);
            }
        }

        Assert.That(await FoundAsync("porcelain"), Has.Count.EqualTo(1));
        Assert.That(await FoundAsync("erased"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Finds_the_same_as_without_it_whatever_happened()
    {
        var random = new Random(TestContext.CurrentContext.Random.Next());
        string[] words = ["mug", "Muggle", "GLASS", "as", "Öl", "日本", "語", "glas", "a_b", "ma", "1600001"];
        string Text() => string.Join(random.Next(4) == 0 ? "\n" : " ", Enumerable.Range(0, random.Next(1, 5)).Select(_ => words[random.Next(words.Length)]));
        using var unindexed = StoreHost.StartSqlite(File); // Never prepared, so it reads all issues.
        Index.Prepare(default);
        var issues = new List<OrderIssue>();
        for (var i = 0; i < 300; i++)
        {
            var at = random.Next(issues.Count + 1);
            if (at == issues.Count || random.Next(4) == 0)
            {
                issues.Add(await AddAsync($"A-{i}", notes: Text()));
            }
            else
            {
                issues[at] = await ChangeAsync(random.Next(3) > 0
                    ? issues[at].AddMessage("Jane", Text(), Now)
                    : issues[at].Patch(new() { Notes = new(Text()), CustomerName = new(Text()) }, Statuses, Now)!);
            }

            var wanted = Text().PadRight(2, 'm');
            Assert.That(
                await FoundAsync(wanted, limit: 200), Is.EqualTo(await FoundAsync(wanted, unindexed, 200)).AsCollection, $"'{wanted}' after {i}");
        }

        AssertUsed();
    }

    private static TextIndex IndexOf(StoreHost host) => host.Services.GetRequiredService<TextIndex>();

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static void Execute(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Searches without the index aren't what is tested here.</summary>
    private void AssertUsed() => Assert.That(Index.CatchUp(default), Is.Not.Null);

    private void Restart()
    {
        host.Dispose();
        host = StoreHost.StartSqlite(File);
    }

    private async Task<OrderIssue> AddAsync(string orderId, string notes) =>
        (await host.Store.AddAsync(OrderIssue.Open(new() { OrderId = orderId, Source = "email", Notes = notes }, Statuses, Now), default)).Issue;

    private async Task<OrderIssue> ChangeAsync(IssueChange change) => ((ChangeResult.Applied)await host.Store.TryChangeAsync(change, default)).Issue;

    private async Task<IReadOnlyList<string>> FoundAsync(string text, StoreHost? of = null, int limit = 50) =>
        [.. (await (of ?? host).Queries.ListAsync(new() { Text = text }, new(IssueField.CreatedAt, false), null, limit, default)).Issues.Select(issue => issue.OrderId)];

    /// <summary>Ends as a process does that is killed, at one of its reads.</summary>
    private sealed class EndingTexts(IIndexedTexts inner, int calls) : IIndexedTexts
    {
        private int left = calls;

        public EventLogRange ReadRange(CancellationToken cancellationToken) => Count().ReadRange(cancellationToken);

        public string? ReadEvent(long sequence, CancellationToken cancellationToken) => Count().ReadEvent(sequence, cancellationToken);

        // What was put by then isn't committed.
        public long? PutIssues(SqliteSession index, long after, CancellationToken cancellationToken)
        {
            var last = inner.PutIssues(index, after, cancellationToken);
            Count();
            return last;
        }

        public IndexedChanges? PutChanges(SqliteSession index, string epoch, long after, long upTo, CancellationToken cancellationToken) =>
            Count().PutChanges(index, epoch, after, upTo, cancellationToken);

        private IIndexedTexts Count() => left-- > 0 ? inner : throw new OperationCanceledException();
    }
}
