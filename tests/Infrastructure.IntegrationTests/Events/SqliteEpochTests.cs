using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Domain.Events;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Events;

/// <summary>Which log is it, once its file was copied, restored or replaced.</summary>
public sealed class SqliteEpochTests
{
    private readonly TemporaryFolder folder = new();

    private string File => Path.Combine(folder.Path, "order-issues.db");

    private string Backup => Path.Combine(folder.Path, "backup.db");

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public async Task Is_the_same_after_each_start([Values] bool isKilled)
    {
        var epochs = new List<string>();
        for (var starts = 0; starts < 3; starts++)
        {
            epochs.Add(await RunAsync(File, issues: 2, isKilled));
        }

        Assert.That(epochs, Is.All.EqualTo(epochs[0]));
    }

    [Test]
    public async Task Is_another_once_an_earlier_copy_was_restored([Values] bool isInPlace, [Values] bool isAhead)
    {
        await RunAsync(File, issues: 2);
        Execute($"VACUUM INTO '{Backup}'");
        var before = await RunAsync(File, issues: 2);
        Restore(isInPlace);

        var restored = await RunAsync(File, issues: isAhead ? 5 : 0);

        Assert.That(restored, Is.Not.EqualTo(before));
        Assert.That(await RunAsync(File, issues: 1), Is.EqualTo(restored), "The restored log goes on");
    }

    [Test]
    public async Task Is_another_where_a_copy_is_used_elsewhere()
    {
        var before = await RunAsync(File, issues: 2);
        Execute($"VACUUM INTO '{Backup}'");

        Assert.That(await RunAsync(Backup, issues: 0), Is.Not.EqualTo(before));
    }

    [Test]
    public async Task Is_another_once_a_copy_of_the_whole_folder_was_restored([Values] bool isAhead)
    {
        await RunAsync(File, issues: 2);
        var names = new[] { "", "-epoch" };
        foreach (var name in names)
        {
            System.IO.File.Copy(File + name, Backup + name);
        }

        var before = await RunAsync(File, issues: 2);
        foreach (var name in names)
        {
            System.IO.File.Delete(File + name);
            System.IO.File.Copy(Backup + name, File + name);
        }

        Assert.That(await RunAsync(File, issues: isAhead ? 5 : 0), Is.Not.EqualTo(before));
    }

    /// <summary>The note beside is as old as the last minute.</summary>
    [Test]
    public async Task Is_another_once_a_copy_was_restored_after_a_kill([Values] bool isInPlace)
    {
        var service = StoreHost.StartSqlite(File);
        await AddAsync(service, 2);
        Execute($"VACUUM INTO '{Backup}'");
        await AddAsync(service, 2);
        var before = (await service.Services.GetRequiredService<IEventLog>().GetRangeAsync(default)).Epoch;
        service.Dispose();
        Restore(isInPlace);

        Assert.That(await RunAsync(File, issues: 5), Is.Not.EqualTo(before));
    }

    [Test]
    public async Task Is_another_while_processes_run_and_an_earlier_copy_takes_the_place()
    {
        using var service = StoreHost.StartSqlite(File);
        await AddAsync(service, 2);
        Execute($"VACUUM INTO '{Backup}'");
        await AddAsync(service, 2);
        var log = service.Services.GetRequiredService<IEventLog>();
        var before = await log.GetRangeAsync(default);
        foreach (var end in new[] { "", "-wal", "-shm" })
        {
            System.IO.File.Move(File + end, $"{File}.old{end}");
        }

        System.IO.File.Move(Backup, File);

        var after = await log.GetRangeAsync(default);
        Assert.That((before.Latest, after.Latest), Is.EqualTo((4, 2)));
        Assert.That(after.Epoch, Is.Not.EqualTo(before.Epoch));
    }

    [TestCase("")]
    [TestCase("what?")]
    [TestCase("a b c")]
    public async Task Is_another_where_the_note_beside_says_nothing(string note)
    {
        var before = await RunAsync(File, issues: 2);
        await System.IO.File.WriteAllTextAsync($"{File}-epoch", note);

        Assert.That(await RunAsync(File, issues: 0), Is.Not.EqualTo(before));
    }

    private static async Task<string> RunAsync(string file, int issues, bool isKilled = false)
    {
        var service = StoreHost.StartSqlite(file);
        await AddAsync(service, issues);
        var epoch = (await service.Services.GetRequiredService<IEventLog>().GetRangeAsync(default)).Epoch;
        if (!isKilled)
        {
            await service.StopAsync();
        }

        service.Dispose();
        return epoch;
    }

    private static async Task AddAsync(StoreHost service, int issues)
    {
        for (var i = 0; i < issues; i++)
        {
            await service.Store.AddAsync(IssueFactory.Issue(), default);
        }
    }

    private void Restore(bool isInPlace)
    {
        System.IO.File.Delete($"{File}-wal");
        System.IO.File.Delete($"{File}-shm");
        if (isInPlace)
        {
            System.IO.File.Copy(Backup, File, overwrite: true);
        }
        else
        {
            System.IO.File.Move(Backup, File, overwrite: true);
        }
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
