using System.Buffers.Binary;
using System.Net;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Bson;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Errors;

/// <summary>A question takes the store longer than it was given.</summary>
public sealed class QueryTimeoutTests
{
    private const int MessageOpCode = 2013;
    private const int HeaderBytes = 16;
    private static readonly byte[] MaxTime = [0x10, .. Encoding.ASCII.GetBytes("maxTimeMS"), 0, .. BitConverter.GetBytes(5_000)];

    [TestCase("?")]
    [TestCase("/stats?groupBy=sku&")]
    public async Task Is_told_from_a_store_that_can_not_be_reached(string path)
    {
        if (await MongoServer.NewDatabaseAsync() is not { } uri)
        {
            Assert.Ignore(MongoServer.HowTo);
            return;
        }

        using var proxy = new TcpProxy(uri);
        using var service = Service.Start(("ConnectionStrings:MongoDb", proxy.Uri));
        (await service.Api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created);
        proxy.Instead = message => message.AsSpan().IndexOf(MaxTime) > 0 ? TimeLimitExceeded(message) : null;

        var answer = await service.Api.GetAsync($"/api/order-issue{path}q=nothing");

        answer.Failed(HttpStatusCode.ServiceUnavailable, "query_timeout");
        proxy.Instead = _ => null;
        (await service.Api.GetAsync($"/api/order-issue{path}q=nothing")).Succeeded();
    }

    /// <summary>On SQLite the service itself ends what takes too long: here a view in the place of the issues that never comes to its end.</summary>
    [TestCase("")]
    [TestCase("?q=1600001&status=open")]
    [TestCase("/stats?groupBy=sku")]
    public async Task Ends_what_takes_too_long(string path)
    {
        var time = new FakeTimeProvider();
        using var service = Service.On(StoreKind.Sqlite, time);
        await service.Api.CreateAsync(Api.Minimal());
        await using var connection = new SqliteConnection($"Data Source={service.File};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            ALTER TABLE issues RENAME TO others;
            CREATE VIEW issues AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT others.* FROM n CROSS JOIN others WHERE i < 0;
            """;
        await command.ExecuteNonQueryAsync();

        var asked = service.Api.GetAsync($"/api/order-issue{path}");
        while (!asked.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(asked, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System));
        }

        (await asked).Failed(HttpStatusCode.ServiceUnavailable, "query_timeout");
    }

    /// <summary>An OP_MSG (https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/) that answers the one that came.</summary>
    private static byte[] TimeLimitExceeded(byte[] request)
    {
        var body = new BsonDocument { { "ok", 0.0 }, { "errmsg", "operation exceeded time limit" }, { "code", 50 }, { "codeName", "MaxTimeMSExpired" } }.ToBson();
        var answer = new byte[HeaderBytes + sizeof(int) + 1 + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(answer, answer.Length);
        request.AsSpan(4, 4).CopyTo(answer.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(answer.AsSpan(12), MessageOpCode);
        body.CopyTo(answer, HeaderBytes + sizeof(int) + 1);
        return answer;
    }
}
