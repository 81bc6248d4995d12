using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Privacy;

/// <summary>Looks for erased names, addresses and words in every byte that is stored.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class CompleteErasureTests(StoreKind store)
{
    // Enough for SQLite to move rows from page to page.
    private const int Customers = 120;
    private const int Messages = 8;
    private static readonly string[] Erased = [.. Enumerable.Range(0, Customers).Where(i => i % 6 == 0).Select(NameOf)];
    // MongoDB deletes records that have expired by its own clock.
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());

    [Test]
    public async Task Leaves_no_byte_of_the_erased()
    {
        using var folder = new TemporaryFolder();
        using var service = Service.On(
            store, time, store == StoreKind.MongoDb ? [("Search:IndexFile", Path.Combine(folder.Path, "index"))] : []);
        var api = service.Api;
        bool Finds(string name) =>
            FilesIn(folder.Path).Concat(service.MongoDb is { } uri ? StoredIn(uri) : StoredInFile(service.File)).Any(bytes => Contains(bytes, name));
        await Parallel.ForEachAsync(Enumerable.Range(0, Customers), async (i, _) => await ReportAsync(api, i));
        await api.GetAsync("/api/order-issue?q=Qxwords");
        Assert.That(Erased.Select(name => Finds(name)), Has.All.True);

        foreach (var name in Erased)
        {
            await api.PostAsync("/api/customer-data/erase", $$"""{ "email": "{{name}}@EXAMPLE.com", "reason": "Request" }""");
        }

        await api.GetAsync("/api/order-issue?q=Qxwords");
        for (var tries = 0; Erased.Any(name => Finds(name)); tries++)
        {
            Assert.That(tries, Is.LessThan(100), () => $"Found {string.Join(", ", Erased.Where(name => Finds(name)))}");
            time.Advance(TimeSpan.FromMinutes(5));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        Assert.That(Finds(NameOf(1)), Is.True, "The others are there");
        Assert.That(service.Log.Lines.Where(line => line.Contains("Qx", StringComparison.OrdinalIgnoreCase)), Is.Empty);
    }

    private static string NameOf(int i) => $"Qxname{i:D4}x";

    /// <summary>Reports an issue under a key, changes and discusses it.</summary>
    private static async Task ReportAsync(Api api, int i)
    {
        var name = NameOf(i);
        var body = Api.Minimal($"A-{i}");
        (body["customerName"], body["customerEmail"], body["notes"]) = ($"{name} Doe", $"{name}@example.com", $"Lives in {name}burg");
        using var create = new HttpRequestMessage(HttpMethod.Post, "/api/order-issue/create")
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
            Headers = { { "Idempotency-Key", $"key-{i}" } },
        };
        var issueId = (await api.SendAsync(create)).IssueId;
        for (var message = 0; message < Messages; message++)
        {
            await api.PutAsync(
                $"/api/order-issue/discussion/A-{i}",
                new JsonObject { ["username"] = "Kim", ["message"] = $"Qxwords of {name} {new string((char)('a' + message), i * 7 % 400)}" }.ToJsonString());
        }

        await api.SendAsync(HttpMethod.Patch, $"/api/order-issue/{issueId}", $$"""{ "customerName": "{{name}} Moe" }""");
    }

    private static bool Contains(byte[] bytes, string name) =>
        new[] { name, name.ToLowerInvariant() }.Any(form => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(form)) >= 0);

    private static IEnumerable<byte[]> FilesIn(string folder)
    {
        foreach (var path in Directory.GetFiles(folder))
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes); // A log may be cut meanwhile.
            yield return bytes.ToArray();
        }
    }

    private static IEnumerable<byte[]> StoredInFile(string file)
    {
        foreach (var bytes in FilesIn(Path.GetDirectoryName(file)!))
        {
            yield return bytes;
        }

        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT attachment FROM records WHERE kind = 'idempotency' AND attachment IS NOT NULL";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return Unpacked((byte[])rows[0]);
        }
    }

    private static IEnumerable<byte[]> StoredIn(string uri)
    {
        var database = new MongoClient(uri).GetDatabase(new MongoUrl(uri).DatabaseName);
        foreach (var collection in database.ListCollectionNames().ToList())
        {
            foreach (var document in database.GetCollection<BsonDocument>(collection).Find(FilterDefinition<BsonDocument>.Empty).ToList())
            {
                yield return document.ToBson();
                if (document.GetValue("answer", null) is BsonBinaryData answer)
                {
                    yield return Unpacked(answer.Bytes);
                }
            }
        }
    }

    private static byte[] Unpacked(byte[] response)
    {
        using var unpacked = new MemoryStream();
        using var compressed = new BrotliStream(new MemoryStream(response), CompressionMode.Decompress);
        compressed.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
