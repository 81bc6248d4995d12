using Microsoft.Data.Sqlite;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Records;

public sealed class SqliteRecordTests
{
    [Test]
    public async Task Some_expired_records_are_removed_with_each_new_one()
    {
        await using var store = await EmptyStore.StartAsync(StoreKind.Sqlite);
        var samples = new RecordSamples(RecordSamples.Due);
        for (var i = 0; i < 10; i++)
        {
            await PutAsync($"k{i}");
        }

        store.Time.Advance(TimeSpan.FromHours(24));
        var counts = new List<long>();
        for (var i = 0; i < 4; i++)
        {
            await PutAsync($"later{i}");
            counts.Add(await CountAsync(store.File));
        }

        Assert.That(counts, Is.EqualTo(new[] { 7, 4, 3, 4 }));

        Task PutAsync(string key) =>
            store.Host.Records.PutIfAbsentAsync(samples.Record(key: key) with { ExpiresAt = store.Time.GetUtcNow().AddHours(24) });
    }

    [Test]
    public async Task A_file_that_is_gone_is_unavailable()
    {
        await using var store = await EmptyStore.StartAsync(StoreKind.Sqlite);
        var records = store.Host.Records;
        var record = (await records.PutIfAbsentAsync(new RecordSamples(RecordSamples.Due).Record())).Record;
        File.Move(store.File, store.File + ".away");
        Func<Task>[] calls =
        [
            () => records.FindAsync(record.Kind, record.Key),
            () => records.PutIfAbsentAsync(record),
            () => records.PutIfVersionAsync(record),
            () => records.RemoveAsync(record.Kind, record.Key, record.Version!),
            () => records.ListDueAsync(record.Kind, DateTimeOffset.UnixEpoch, 1),
        ];

        foreach (var call in calls)
        {
            Assert.That((await Assert.ThrowsAsync<FailureException>(call))!.Code, Is.EqualTo(FailureCode.StoreUnavailable));
        }

        File.Move(store.File + ".away", store.File);
        Assert.That(await records.FindAsync(record.Kind, record.Key), Is.EqualTo(record));
    }

    /// <summary>Records in a file, expired or not.</summary>
    internal static async Task<long> CountAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM records";
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
