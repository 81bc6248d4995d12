using System.IO.Compression;
using System.Net;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues;

/// <summary>What holds for everything that is read.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class ReadingTests(StoreKind store)
{
    private Api Api => Shared.On(store);

    [TestCase("/api/order-issue/{issueId}", HttpStatusCode.OK)]
    [TestCase("/api/order-issue/{issueId}/history", HttpStatusCode.OK)]
    [TestCase("/api/order-issue?issueId={issueId}", HttpStatusCode.OK)]
    [TestCase("/api/order-issue/export?format=csv&issueId={issueId}", HttpStatusCode.OK)]
    [TestCase("/api/issue-ticket/18362", HttpStatusCode.OK)]
    [TestCase("/api/order-issue/1", HttpStatusCode.NotFound)]
    [TestCase("/api/order-issue?limit=0", HttpStatusCode.BadRequest)]
    [TestCase("/nothing", HttpStatusCode.NotFound)]
    public async Task Says_to_HEAD_what_it_would_say_to_GET(string path, HttpStatusCode status)
    {
        path = path.Replace("{issueId}", (await Api.CreateAsync(Api.Minimal())).IssueId, StringComparison.Ordinal);

        var get = await Api.GetAsync(path);
        var head = await Api.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

        Assert.That((get.Status, head.Status), Is.EqualTo((status, status)));
        Assert.That(head.Text, Is.Empty);
        Assert.That(head.ContentHeaders.ContentType, Is.EqualTo(get.ContentHeaders.ContentType));
        Assert.That(head.Headers.ETag, Is.EqualTo(get.Headers.ETag));
    }

    [TestCase("br")]
    [TestCase("gzip")]
    [TestCase("identity")]
    [TestCase("nonsense")]
    [TestCase(null)]
    public async Task Compresses_answers_for_those_who_take_them_so(string? coding)
    {
        var path = $"/api/order-issue/{(await Api.CreateAsync(Api.Minimal())).IssueId}";
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = Api.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", coding);

        using var response = await client.SendAsync(request);

        var body = await response.Content.ReadAsStreamAsync();
        using var plain = new StreamReader(coding switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        });
        Assert.That(response.Content.Headers.ContentEncoding, Is.EqualTo(coding is "br" or "gzip" ? new[] { coding } : []));
        Assert.That(response.Headers.Vary, Is.EqualTo(new[] { "Accept-Encoding" }));
        Assert.That(await plain.ReadToEndAsync(), Is.EqualTo((await Api.GetAsync(path)).Text));
    }
}
