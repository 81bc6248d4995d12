using Microsoft.Data.Sqlite;
using OrderIssues.Infrastructure.IntegrationTests.Stores;

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
