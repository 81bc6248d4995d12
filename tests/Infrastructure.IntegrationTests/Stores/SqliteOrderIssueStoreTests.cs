using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

public sealed class SqliteOrderIssueStoreTests : OrderIssueStoreContract, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StoreHost service;

    public SqliteOrderIssueStoreTests() => service = StoreHost.StartSqlite(File);

    protected override IOrderIssueStore Store => service.Store;

    protected override IOrderIssueQueries Queries => service.Queries;

    private string File => Path.Combine(folder.Path, "new", "order-issues.db");

    protected override Task SeedMessagesAsync(OrderIssue issue, int count, string message)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $count)
            INSERT INTO discussion (issueId, __v, userName, message, created_at) SELECT $issueId, i, 'John', $message, 0 FROM n;
            UPDATE issues SET __v = $count, messages = $count, bytes = bytes + $count * octet_length($message) WHERE issueId = $issueId;
            """;
        command.Parameters.AddWithValue("$issueId", long.Parse(issue.IssueId!, null));
        command.Parameters.AddWithValue("$count", count);
        command.Parameters.AddWithValue("$message", message);
        command.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        service.Dispose();
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Test]
    public async Task Keeps_everything_over_a_restart()
    {
        var issue = await ApplyAsync((await AddAsync()).AddMessage("John", "Hello", IssueFactory.Now));
        service.Dispose();

        using var restarted = StoreHost.StartSqlite(File);

        AssertSame(await restarted.Store.FindAsync(issue.IssueId!, default), issue);
        Assert.That((await restarted.Store.AddAsync(IssueFactory.Issue(), default)).Issue.IssueId, Is.EqualTo("1600002"));
    }

    [Test, UnsupportedOSPlatform("windows")]
    public async Task Keeps_its_files_for_their_owner()
    {
        await AddAsync();

        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(File)!))
        {
            Assert.That(System.IO.File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite), file);
        }
    }

    [Test]
    public async Task Hands_out_no_number_twice_when_two_use_one_file()
    {
        using var second = StoreHost.StartSqlite(File);
        var stores = new[] { Store, second.Store };

        var added = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => stores[i % 2].AddAsync(IssueFactory.Issue(), default))));

        Assert.That(added.Select(one => int.Parse(one.Issue.IssueId!, null)).Order(), Is.EqualTo(Enumerable.Range(1_600_001, 200)));
    }

    [Test]
    public async Task Takes_no_number_for_an_issue_that_is_there()
    {
        var issue = await AddAsync();
        await Store.AddAsync(issue, default);

        Assert.That((await AddAsync()).IssueId, Is.EqualTo("1600002"));
    }

    [Test]
    public async Task Moves_a_counter_past_the_stored_issues()
    {
        await AddAsync();
        Execute("PRAGMA foreign_keys = OFF; UPDATE issues SET issueId = 1700000; UPDATE counters SET seq = 1600005");

        Assert.That((await AddAsync()).IssueId, Is.EqualTo("1700001"));
    }

    [Test]
    public async Task Never_gives_the_number_of_a_deleted_issue_again()
    {
        await AddAsync();
        await AddAsync();
        Execute("DELETE FROM history; DELETE FROM issues WHERE issueId = 1600002");

        Assert.That((await AddAsync()).IssueId, Is.EqualTo("1600003"));
    }

    [Test]
    public async Task A_change_that_fails_leaves_the_others_of_its_transaction_alone()
    {
        var blocked = await AddAsync("A-1");
        var other = await AddAsync("A-2");
        Execute($"INSERT INTO history (issueId, __v, at, \"by\", action, changes) SELECT issueId, 1, at, \"by\", action, changes FROM history WHERE issueId = {blocked.IssueId}");

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            try
            {
                await Store.TryChangeAsync((i % 2 == 0 ? blocked : other).AddMessage("John", $"{i}", IssueFactory.Now), default);
                return true;
            }
            catch (SqliteException)
            {
                return false;
            }
        }));

        Assert.That(results.Count(done => done), Is.EqualTo(25));
        Assert.That((await Store.FindByOrderAsync("A-1", null, default))!.Version, Is.Zero);
        Assert.That((await Store.FindByOrderAsync("A-2", null, default))!.Discussion, Has.Count.EqualTo(25));
    }

    [Test]
    public async Task A_failure_that_ends_the_transaction_is_told_to_all_in_it_and_nothing_of_them_stays()
    {
        var issue = await AddAsync("A-1");
        Execute("CREATE TRIGGER boom BEFORE INSERT ON discussion WHEN new.message = 'boom' BEGIN SELECT RAISE(ROLLBACK, 'boom'); END");

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            try
            {
                return await Store.TryChangeAsync(issue.AddMessage("John", i % 10 == 5 ? "boom" : $"{i}", IssueFactory.Now), default);
            }
            catch (SqliteException exception) when (exception.Message.Contains("boom", StringComparison.Ordinal))
            {
                return null;
            }
        }));

        Assert.That(results.Count(result => result is null), Is.GreaterThanOrEqualTo(5));
        Assert.That(
            (await Store.FindAsync(issue.IssueId!, default))!.Discussion, Has.Count.EqualTo(results.Count(result => result is ChangeResult.Applied)));
    }

    [Test]
    public async Task Acknowledges_nothing_that_goes_to_a_deleted_file()
    {
        await AddAsync();
        System.IO.File.Move(File, File + ".away");

        var failure = await Assert.ThrowsAsync<FailureException>(() => AddAsync());
        Assert.That(failure!.Code, Is.EqualTo(FailureCode.StoreUnavailable));
        Assert.That(System.IO.File.Exists(File), Is.False);

        System.IO.File.Move(File + ".away", File);
        Assert.That((await AddAsync()).IssueId, Is.EqualTo("1600002"));
    }

    [Test]
    public void Is_a_write_ahead_log_on_the_disk() => Assert.That(Query("PRAGMA journal_mode"), Is.EqualTo(new[] { "wal" }));

    [Test]
    public async Task Says_that_it_cannot_be_reached_and_recovers_by_itself()
    {
        var issue = await AddAsync();
        using var impatient = StoreHost.StartSqlite($"{File};Default Timeout=1");
        using (var blocker = Open())
        {
            using var transaction = blocker.BeginTransaction();
            var failure = await Assert.ThrowsAsync<FailureException>(() => impatient.Store.AddAsync(IssueFactory.Issue(), default));
            Assert.That(failure!.Code, Is.EqualTo(FailureCode.StoreUnavailable));
            Assert.That(failure.RetryAfter, Is.Not.Null);
            AssertSame(await impatient.Store.FindAsync(issue.IssueId!, default), issue);
        }

        Assert.That((await impatient.Store.AddAsync(IssueFactory.Issue(), default)).Issue.IssueId, Is.EqualTo("1600002"));
    }

    /// <summary>A file without what the second migration made is just as one that the first version wrote.</summary>
    /// <summary>What is searched for in another way than what few have.</summary>
    [Test]
    public async Task Finds_each_once_also_where_thousands_have_the_text()
    {
        const int Many = 2_050;
        await Parallel.ForAsync(0, Many, async (i, _) => await AddAsync($"COMMON-{i}", IssueFactory.Now.AddMilliseconds(i % 7)));
        await AddAsync("B-1");
        var found = new List<string>();
        IssuePosition? after = null;
        do
        {
            var page = await Queries.ListAsync(new() { Text = "common" }, new(IssueField.CreatedAt, true), after, 200, default);
            found.AddRange(page.Issues.Select(issue => issue.OrderId));
            after = page.Last;
        }
        while (after is not null);

        Assert.That(found, Is.Unique.And.Count.EqualTo(Many));
        Assert.That(await Queries.CountAsync(new() { Text = "common" }, default), Is.EqualTo(Many));
    }

    [Test]
    public async Task Brings_a_file_of_the_first_version_up_to_date()
    {
        var (issue, _) = await Store.AddAsync(OrderIssue.Open(IssueFactory.FullDetails(), IssueFactory.Statuses, IssueFactory.Now), default);
        await ApplyAsync(issue.AddMessage("John", "Hello", IssueFactory.Now));
        service.Dispose();
        Execute("""
            DROP INDEX issues_of_status; DROP TABLE labels; DROP INDEX issues_by_due_time; ALTER TABLE issues DROP COLUMN assignee; ALTER TABLE issues DROP COLUMN tags;
            ALTER TABLE issues DROP COLUMN priority; ALTER TABLE issues DROP COLUMN dueAt; ALTER TABLE issues DROP COLUMN fault;
            ALTER TABLE issues DROP COLUMN cost; ALTER TABLE issues DROP COLUMN mergedInto; ALTER TABLE discussion DROP COLUMN fromIssueId;
            DROP TABLE skus; DROP TABLE trackingNumbers; DROP INDEX issues_by_creation; DROP INDEX issues_by_update;
            DROP INDEX issues_of_ticket; DROP INDEX issues_of_status_by_update; DROP TABLE customers;
            ALTER TABLE history DROP COLUMN reason; ALTER TABLE history DROP COLUMN caller; DROP INDEX history_by_id; ALTER TABLE history DROP COLUMN _id;
            DROP INDEX messages_by_id; ALTER TABLE discussion DROP COLUMN _id; DROP TABLE records; DROP TABLE logLink;
            DROP TABLE events; DROP TABLE eventLog;
            PRAGMA user_version = 1; PRAGMA wal_checkpoint(TRUNCATE);
            """);

        using var newer = StoreHost.StartSqlite(File);

        var texts = new[] { "1600001", "0944945", "183", "jos", "mug-", "TRK124", "first line", "hello" };
        foreach (var filter in new IssueFilter[]
        {
            new() { Fields = IssueFactory.Values((IssueField.Sku, ["MUG-BLUE-2"])) },
            new() { Fields = IssueFactory.Values((IssueField.TrackingNumber, ["TRK124"])) },
            new() { Fields = IssueFactory.Values((IssueField.CustomerEmail, ["JOSH@example.com"])) },
        }.Concat(texts.Select(text => new IssueFilter { Text = text })))
        {
            var page = await newer.Queries.ListAsync(filter, new(IssueField.CreatedAt, true), null, 10, default);
            Assert.That(page.Issues.Single().Id, Is.EqualTo(issue.Id), filter.Text);
        }
    }

    [Test]
    public void Does_not_start_on_a_file_of_a_newer_version()
    {
        Execute("PRAGMA user_version = 99");

        Assert.That(() => StoreHost.StartSqlite(File), Throws.TypeOf<StartupException>()
            .With.Message.Contains("ConnectionStrings:Sqlite").And.Message.Contains("newer version").And.Message.Contains(File));
    }

    [Test]
    public void Does_not_start_on_something_else()
    {
        var text = Path.Combine(folder.Path, "notes.txt");
        System.IO.File.WriteAllText(text, new string('x', 4096));

        Assert.That(() => StoreHost.StartSqlite(text), Throws.TypeOf<StartupException>().With.Message.Contains("ConnectionStrings:Sqlite"));
        Assert.That(System.IO.File.ReadAllText(text), Is.EqualTo(new string('x', 4096)));
    }

    [TestCase(":memory:")]
    [TestCase("")]
    [TestCase("x;Mode=Memory")]
    [TestCase("x;Colour=Blue")]
    [TestCase("x;Default Timeout=abc")]
    [TestCase("x;Default Timeout=-1")]
    [TestCase("x;Default Timeout=0")]
    [TestCase("x;Default Timeout=99999999999999")]
    public void Does_not_start_without_a_file(string file) =>
        Assert.That(() => StoreHost.StartSqlite(file), Throws.TypeOf<StartupException>().With.Message.Contains("ConnectionStrings:Sqlite"));

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={File}");
        connection.Open();
        return connection;
    }

    private void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private List<string> Query(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
