using Microsoft.Data.Sqlite;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>A log is taken only where it is the log of the file that it stands beside.</summary>
public sealed class SqliteLogTests : IDisposable
{
    private const string WhatToDo = "move -wal and -shm away, put the copy in place again";

    private readonly TemporaryFolder folder = new();

    // Any other program on the file, which lives as long as the test: the service's log stays.
    private readonly SqliteConnection other;
    private StoreHost service;

    public SqliteLogTests()
    {
        service = StoreHost.StartSqlite(File);
        other = Open(File);
    }

    /// <summary>How a copy is made, and how many times the log begins anew until it is put back.</summary>
    public static IEnumerable<TestCaseData> Copies =>
        from commits in new[] { 1, 2, 5 }
        from copy in new[] { ("VACUUM", 0), ("VACUUM", 1), ("VACUUM", 3), ("copy", 1), ("copy", 2), ("copy", 4) }
        select new TestCaseData(copy.Item1, copy.Item2, commits);

    private string File => Path.Combine(folder.Path, "order issues #1 100%41?.db");

    private string Backup => Path.Combine(folder.Path, "backup.db");

    [TearDown]
    public void Dispose()
    {
        other.Dispose();
        service.Dispose();
        folder.Dispose();
    }

    [TestCaseSource(nameof(Copies))]
    public async Task Does_not_start_on_a_copy_beside_the_log_of_another_file(string way, int restarts, int commits)
    {
        await AddAsync(12);
        MakeBackup(way);
        var kept = 12;
        for (var i = 0; i < restarts; i++)
        {
            await AddAsync(3);
            Checkpoint();
        }

        await AddAsync(restarts == 0 ? 0 : commits);
        var killed = Image();
        System.IO.File.Copy(Backup, killed, overwrite: true);

        Assert.That(() => StoreHost.StartSqlite(killed), Throws.TypeOf<StartupException>().With.Message.Contains(WhatToDo));
        Assert.That(System.IO.File.ReadAllBytes(killed), Is.EqualTo(System.IO.File.ReadAllBytes(Backup)), "nothing was written into it");

        System.IO.File.Move($"{killed}-wal", $"{killed}-wal.away");
        System.IO.File.Delete($"{killed}-shm");
        await AssertWholeAsync(killed, kept);
    }

    /// <summary>The log has some of the pages under the same number, but not what they refer to.</summary>
    [Test]
    public async Task Does_not_start_on_another_branch_of_the_same_file()
    {
        await AddAsync(5);
        MakeBackup("VACUUM");
        await AddAsync(5);
        var first = Image();
        await AddAsync(20);
        Checkpoint();
        var newer = Image();
        System.IO.File.Delete($"{first}-wal");
        System.IO.File.Copy(Backup, first, overwrite: true);

        // Restored from the wrong day, used for a while, and then from the right day.
        using var second = StoreHost.StartSqlite(first);
        await AddAsync(second, 30);
        var killed = Image(first);
        System.IO.File.Copy(newer, killed, overwrite: true);

        Assert.That(() => StoreHost.StartSqlite(killed), Throws.TypeOf<StartupException>().With.Message.Contains(WhatToDo));
    }

    // Fewer commits than the service waits for to copy the log into the file: a copy under way would end in the other file.
    [TestCase("VACUUM", 4)]
    [TestCase("copy", 4)]
    public async Task Stops_when_a_copy_is_written_over_the_file(string way, int commits)
    {
        await AddAsync(2);
        Checkpoint();
        MakeBackup(way);
        await AddAsync(3);
        Checkpoint();
        await AddAsync(commits);
        other.Dispose();
        await WriteOverAsync();

        for (var i = 0; service.Log.Lines.All(line => !line.StartsWith("Critical", StringComparison.Ordinal)); i++)
        {
            Assert.That(i, Is.LessThan(2_000));
            await TryAddAsync();
        }

        Assert.That(() => service.Store.AddAsync(IssueFactory.Issue(), default), Throws.TypeOf<FailureException>());
        Assert.That(() => service.Store.FindAsync("1600001", default), Throws.TypeOf<FailureException>()
            .With.Property(nameof(FailureException.Code)).EqualTo(FailureCode.StoreUnavailable));
        Assert.That(service.Log.Lines.Count(line => line.Contains(WhatToDo, StringComparison.Ordinal)), Is.EqualTo(1));
        service.Dispose();
        Assert.That(System.IO.File.ReadAllBytes(File), Is.EqualTo(System.IO.File.ReadAllBytes(Backup)), "nothing was written into it");
        Assert.That(() => StoreHost.StartSqlite(File), Throws.TypeOf<StartupException>().With.Message.Contains(WhatToDo));
    }

    /// <summary>Nobody writes to it any more before it is stopped.</summary>
    // Fewer commits, as above.
    [Test]
    public async Task Writes_no_log_into_a_copy_when_it_stops()
    {
        await AddAsync(2);
        MakeBackup("VACUUM");
        await AddAsync(3);
        await WriteOverAsync();
        other.Dispose();

        service.Dispose();

        Assert.That(System.IO.File.ReadAllBytes(File), Is.EqualTo(System.IO.File.ReadAllBytes(Backup)));
    }

    [Test]
    public async Task Stops_when_a_copy_takes_the_place_of_the_file_but_not_of_the_log()
    {
        await AddAsync(12);
        MakeBackup("VACUUM");
        await AddAsync(3);
        System.IO.File.Move(Backup, File, overwrite: true);

        Assert.That(() => service.Store.AddAsync(IssueFactory.Issue(), default), Throws.TypeOf<FailureException>());
        Assert.That(() => service.Store.FindAsync("1600001", default), Throws.TypeOf<FailureException>());
        Assert.That(service.Log.Lines, Has.Exactly(1).Contains(WhatToDo));
    }

    /// <summary>Killed after any commit, before and after a checkpoint, and with only some pages of it written.</summary>
    [Test]
    public async Task Starts_wherever_it_was_killed()
    {
        for (var kept = 1; kept <= 24; kept++)
        {
            await AddAsync(1);
            var before = Image();
            if (kept % 3 != 0)
            {
                await AssertWholeAsync(before, kept);
                continue;
            }

            var pages = System.IO.File.ReadAllBytes(before);
            Checkpoint();
            var after = Image();
            var written = System.IO.File.ReadAllBytes(after);
            foreach (var share in new[] { 1, 2, 3, 5 })
            {
                var half = Image();
                var count = written.Length * share / 6 / 4096 * 4096;
                byte[] mixed = share % 2 == 1
                    ? [.. written.Take(count), .. pages.Skip(count)]
                    : [.. pages.Take(count), .. written.Skip(Math.Min(count, pages.Length))];
                await System.IO.File.WriteAllBytesAsync(half, mixed);
                await AssertWholeAsync(half, kept);
            }

            await AssertWholeAsync(after, kept);
        }
    }

    [Test]
    public async Task Starts_again_and_again_with_one_commit_each()
    {
        other.Dispose();
        for (var kept = 1; kept <= 6; kept++)
        {
            await AddAsync(1);
            await AssertWholeAsync(Image(), kept);
            service.Dispose();
            Assert.That($"{File}-wal", Does.Not.Exist, "the file is whole by itself");
            service = StoreHost.StartSqlite(File);
        }
    }

    [Test]
    public async Task Two_processes_write_and_copy_the_log_at_the_same_time()
    {
        using var second = StoreHost.StartSqlite(File);
        var stores = new[] { service, second };
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            for (var n = 0; n < 60; n++)
            {
                await AddAsync(stores[(i + n) % 2], 1);
            }
        })));

        Assert.That(service.Log.Lines.Concat(second.Log.Lines).Where(line => line.StartsWith("Critical", StringComparison.Ordinal)), Is.Empty);
        await AssertWholeAsync(Image(), 480);
    }

    [TestCase("VACUUM")]
    [TestCase("CREATE INDEX byMessage ON discussion (message)")]
    [TestCase("REINDEX")]
    [TestCase("PRAGMA wal_checkpoint(RESTART)")]
    [TestCase("PRAGMA wal_checkpoint(TRUNCATE)")]
    [TestCase("UPDATE issues SET notes = 'x'")]
    [TestCase("DELETE FROM logLink")]
    public async Task Takes_what_other_programs_do_to_the_file(string sql)
    {
        var kept = 0;
        for (var i = 0; i < 4; i++)
        {
            await AddAndCheckAsync(2);
            Execute(sql.Replace("byMessage", $"byMessage{i}", StringComparison.Ordinal));
            await AssertWholeAsync(Image(), kept);
            await AddAndCheckAsync(i);
            Checkpoint();
        }

        await AddAndCheckAsync(25);
        Assert.That(service.Log.Lines.Where(line => line.StartsWith("Critical", StringComparison.Ordinal)), Is.Empty);

        async Task AddAndCheckAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await AddAsync(1);
                await AssertWholeAsync(Image(), ++kept);
            }
        }
    }

    /// <summary>SQLite's own restore writes through the log.</summary>
    [Test]
    public async Task Takes_a_backup_that_is_restored_through_the_log()
    {
        await AddAsync(3);
        MakeBackup("VACUUM");
        await AddAsync(30);
        Checkpoint();
        using (var backup = Open(Backup))
        {
            backup.BackupDatabase(other);
        }

        await AssertWholeAsync(Image(), 3);
        for (var kept = 4; kept < 30; kept++)
        {
            await AddAsync(1);
            await AssertWholeAsync(Image(), kept);
        }

        Assert.That(service.Log.Lines.Where(line => line.StartsWith("Critical", StringComparison.Ordinal)), Is.Empty);
    }

    /// <summary>Killed, and then updated: nothing is known about the log of an earlier version.</summary>
    [Test]
    public async Task Starts_on_a_file_of_the_version_before_with_its_log()
    {
        await AddAsync(3);
        Execute("DROP INDEX issues_of_status; CREATE INDEX issues_of_status ON issues (status, createdAt, _id)");
        Execute("ALTER TABLE issues DROP COLUMN mergedInto; ALTER TABLE discussion DROP COLUMN fromIssueId; DROP TABLE labels; DROP INDEX issues_by_due_time; ALTER TABLE issues DROP COLUMN assignee; ALTER TABLE issues DROP COLUMN tags; ALTER TABLE issues DROP COLUMN priority; ALTER TABLE issues DROP COLUMN dueAt; ALTER TABLE issues DROP COLUMN fault; ALTER TABLE issues DROP COLUMN cost; ALTER TABLE history DROP COLUMN reason; DROP INDEX history_by_id; ALTER TABLE history DROP COLUMN _id; DROP TABLE logLink; DROP TABLE customers; DROP TABLE events; DROP TABLE eventLog; CREATE TABLE search (text); CREATE INDEX issues_of_customer ON issues (customerEmail); PRAGMA user_version = 8; PRAGMA wal_checkpoint(TRUNCATE); UPDATE issues SET notes = 'x'");

        await AssertWholeAsync(Image(), 3);
    }

    private static async Task AddAsync(StoreHost host, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await host.Store.AddAsync(IssueFactory.Issue(), default);
        }
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>Asserts that a service starts on it, has this many issues and takes more, and that it is whole to its end.</summary>
    private static async Task AssertWholeAsync(string file, int issues)
    {
        using (var host = StoreHost.StartSqlite(file))
        {
            Assert.That(await host.Queries.CountAsync(new IssueFilter(), default), Is.EqualTo(issues));
            await AddAsync(host, 1);
        }

        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        Assert.That(command.ExecuteScalar(), Is.EqualTo("ok"));
        command.CommandText = "SELECT count(*) FROM issues";
        Assert.That(command.ExecuteScalar(), Is.EqualTo(issues + 1));
    }

    private Task AddAsync(int count) => AddAsync(service, count);

    private async Task TryAddAsync()
    {
        try
        {
            await service.Store.AddAsync(IssueFactory.Issue(), default);
        }
        catch (FailureException)
        {
            // Pages of two files contradict each other, or it is noticed.
        }
    }

    /// <summary>Makes a backup in this way; a plain copy has what is in the file without the log.</summary>
    private void MakeBackup(string way)
    {
        if (way == "VACUUM")
        {
            Execute($"VACUUM INTO '{Backup}'");
            return;
        }

        Checkpoint();
        System.IO.File.Copy(File, Backup);
    }

    /// <summary>Writes the backup over the file as <c>cp</c> does.</summary>
    private async Task WriteOverAsync()
    {
        await using var backup = System.IO.File.OpenRead(Backup);
        await using var file = new FileStream(File, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite);
        await backup.CopyToAsync(file);
    }

    /// <summary>Copies the file and its log to another folder, as a killed process leaves them.</summary>
    private string Image(string? of = null)
    {
        var file = of ?? File;
        var image = Path.Combine(folder.Path, $"{Guid.NewGuid():N}.db");
        do
        {
            System.IO.File.Copy(file, image, overwrite: true);
            System.IO.File.Copy($"{file}-wal", $"{image}-wal", overwrite: true);
        }
        while (!System.IO.File.ReadAllBytes(file).AsSpan().SequenceEqual(System.IO.File.ReadAllBytes(image)));
        return image;
    }

    /// <summary>Copies all of the log into the file, also where the service is doing so.</summary>
    private void Checkpoint()
    {
        using var command = other.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        for (var isDone = false; !isDone;)
        {
            using var row = command.ExecuteReader();
            isDone = row.Read() && row.GetInt64(0) == 0 && row.GetInt64(1) == row.GetInt64(2);
        }
    }

    private void Execute(string sql)
    {
        using var command = other.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
