using System.Net;
using System.Text.RegularExpressions;
using MongoDB.Driver;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Errors;

/// <summary>The store, or the client, goes away while an export is under way. The export is larger than all that buffers on the way hold.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed partial class BrokenExportTests(StoreKind store)
{
    private const int Issues = 320;
    private const string Secret = "花";
    private TcpProxy? proxy;
    private Service? service;
    private string? database;

    private Api Api => service!.Api;

    [SetUp]
    public async Task Start()
    {
        // With the line that says that a request is finished.
        service = Service.Start([.. await SettingsAsync(), ("Logging:LogLevel:Microsoft.AspNetCore.Hosting", "Information")]);
        await Parallel.ForAsync(0, Issues, async (i, _) =>
        {
            var body = Api.Minimal();
            body["notes"] = Text(new Random(i), 10_000);
            (await Api.CreateAsync(body)).Succeeded(HttpStatusCode.Created);
        });
    }

    [TearDown]
    public void Stop()
    {
        service?.Dispose();
        proxy?.Dispose();
        if (database is not null)
        {
            new MongoClient(database).DropDatabase(new MongoUrl(database).DatabaseName);
        }
    }

    [TestCase("csv")]
    [TestCase("ndjson")]
    [TestCase("xlsx")]
    public async Task A_store_that_goes_away_leaves_a_file_without_an_end(string format)
    {
        using var download = await SlowDownload.StartAsync(Api, $"/api/order-issue/export?format={format}");
        TakeStoreAway();

        await Assert.ThatAsync(download.Content.ReadAsStringAsync, Throws.InstanceOf<HttpRequestException>());

        await UntilFinishedAsync();
        Assert.That(service!.Log.Lines, Has.Some.StartsWith("Error: Broke an export off").And.None.Contains(Secret));
        (await Api.GetAsync($"/api/order-issue/export?format={format}")).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
    }

    [TestCase("csv")]
    [TestCase("ndjson")]
    [TestCase("xlsx")]
    public async Task A_client_that_goes_away_ends_the_export_and_is_no_fault(string format)
    {
        using (await SlowDownload.StartAsync(Api, $"/api/order-issue/export?format={format}"))
        {
            // Whoever read on would notice.
            TakeStoreAway();
        }

        await UntilFinishedAsync();
        Assert.That(service!.Log.Lines, Has.None.StartsWith("Error: ").And.None.StartsWith("Critical: "));
    }

    /// <summary>A text of ideographs that a zip makes little smaller.</summary>
    private static string Text(Random random, int length) =>
        string.Create(length, random, (text, source) =>
        {
            Secret.CopyTo(text);
            foreach (ref var c in text[Secret.Length..])
            {
                c = (char)source.Next('\u4E00', '\u9FA6');
            }
        });

    private async Task<IEnumerable<(string Key, string Value)>> SettingsAsync()
    {
        if (store == StoreKind.Sqlite)
        {
            return [];
        }

        database = await MongoServer.NewDatabaseAsync();
        if (database is null)
        {
            Assert.Ignore(MongoServer.HowTo);
        }

        proxy = new TcpProxy(database);
        return [("ConnectionStrings:MongoDb", proxy.Uri)];
    }

    private void TakeStoreAway()
    {
        if (proxy is not null)
        {
            proxy.Cut();
            return;
        }

        File.Move(service!.File, service.File + ".away");
    }

    private async Task UntilFinishedAsync()
    {
        for (var tries = 0; !IsFinished() && tries < 500; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        Assert.That(IsFinished, Is.True);

        bool IsFinished() => service!.Log.Lines.Any(line => Finished().IsMatch(line));
    }

    [GeneratedRegex("Request finished .*/export")]
    private static partial Regex Finished();
}
