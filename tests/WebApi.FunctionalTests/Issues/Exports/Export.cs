using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues.Exports;

/// <summary>Exports of what a test has reported.</summary>
internal static class Export
{
    public const string Path = "/api/order-issue/export";
    public const string Csv = $"{Path}?format=csv";
    public const string Ndjson = $"{Path}?format=ndjson";
    public const string Xlsx = $"{Path}?format=xlsx";

    /// <summary>The body of an issue with everything it can have.</summary>
    public static JsonObject FullIssue(string orderId = "A-1") => new()
    {
        ["OrderId"] = orderId,
        ["ticketId"] = "18362",
        ["channel"] = "freshdesk",
        ["source"] = "freshdesk-us",
        ["items"] = new JsonArray { Item("MUG-BLUE-2", 1), Item("VASE \"Ünïcode\" 花", 1_000_000) },
        ["trackingNumber"] = new JsonArray { "TRK123", "TRK,124" },
        ["picker"] = "John",
        ["packer"] = "Jane",
        ["palletter"] = "Jim",
        ["customerName"] = "Josh, \"the\" customer",
        ["customerEmail"] = "josh@example.com",
        ["issueType"] = "delivery issue",
        ["customerReachedAt"] = "2025-11-19T22:36:28.123Z",
        ["shipped_at"] = "2025-11-17",
        ["notes"] = "First line\r\n\tsecond line",
        ["createdBy"] = "agentName",
        ["assignee"] = "Kim",
        ["tags"] = new JsonArray { "vip", "late" },
        ["priority"] = "high",
        ["dueAt"] = "2025-11-22",
        ["fault"] = "carrier",
        ["cost"] = new JsonObject { ["amount"] = 12.5, ["currency"] = "EUR" },
    };

    public static async Task<Answer> GetAsync(Api api, string path)
    {
        var answer = await api.GetAsync(path);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Text);
        return answer;
    }

    public static async Task<CsvTable> TableAsync(Api api, string filters = "") => CsvTable.Read((await GetAsync(api, Csv + filters)).Text);

    /// <summary>Puts notes in the only issue that the service itself would trim or refuse, as another program may.</summary>
    public static async Task StoreNotesAsync(Service service, string notes)
    {
        if (service.MongoDb is { } uri)
        {
            var issues = new MongoClient(uri).GetDatabase(new MongoUrl(uri).DatabaseName).GetCollection<BsonDocument>("orderissues");
            await issues.UpdateOneAsync(new BsonDocument(), new BsonDocument("$set", new BsonDocument("notes", notes)));
            return;
        }

        using var connection = new SqliteConnection($"Data Source={service.File}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE issues SET notes = $notes";
        command.Parameters.AddWithValue("$notes", notes);
        command.ExecuteNonQuery();
    }

    private static JsonObject Item(string sku, int qty) => new() { ["sku"] = sku, ["qty"] = qty };
}
