using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.Errors;
using OrderIssues.WebApi.FunctionalTests.HostileInput;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Documents;

public sealed class OpenApiTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The public contract changes only on purpose: <c>UPDATE_APPROVED=1 dotnet test</c> writes the document anew, and its difference is
    /// reviewed as code is.
    /// </summary>
    [Test]
    public async Task Is_the_approved_document()
    {
        var file = Path.Combine(Repository.Root, "docs", "openapi.json");
        var document = await DocumentAsync();
        Assert.That((string?)document["servers"]![0]!["url"], Is.EqualTo(Shared.Api.Address.GetLeftPart(UriPartial.Authority)));
        document["servers"] = new JsonArray(new JsonObject { ["url"] = "/" });
        var served = document.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_APPROVED") is "1")
        {
            await File.WriteAllTextAsync(file, served);
        }

        Assert.That(served, Is.EqualTo(await File.ReadAllTextAsync(file)));
    }

    [Test]
    public async Task Describes_every_operation_in_full()
    {
        foreach (var (path, operation) in Operations(await DocumentAsync()))
        {
            Assert.That((string?)operation["operationId"], Does.Match("^[a-z][A-Za-z]+$"), path);
            Assert.That((string?)operation["summary"], Is.Not.Empty.And.Not.Contains("`"), path);
            Assert.That(operation["security"]!.ToJsonString(), Is.EqualTo("""[{"bearer":[]},{"apiKey":[]}]"""), path);
            Assert.That(operation["parameters"]?.AsArray().All(
                parameter => parameter!["description"] is not null && parameter["required"] is not null == parameter["example"] is not null), Is.Not.False, path);
            var responses = operation["responses"]!.AsObject();
            Assert.That(string.Join(' ', responses.Select(response => response.Key)), Does.Match("^2.* 4.* 500"), path);
            foreach (var (status, response) in responses.Where(response => response.Key is not ("204" or "304")))
            {
                var content = response!["content"]?.AsObject() ?? [];
                Assert.That(content.Select(body => body.Value!["schema"]), Is.Not.Empty.And.All.Not.Null, $"{path} {status}");
                Assert.That(content.ContainsKey("application/problem+json"), Is.EqualTo(!status.StartsWith('2')), $"{path} {status}");
            }
        }
    }

    [Test]
    public async Task Examples_of_requests_succeed_and_examples_of_answers_have_the_keys_of_answers()
    {
        foreach (var operation in (await DescribedOperation.ReadAllAsync(Shared.Api)).Where(operation => operation is { TakesBody: true, NamesAnotherIssue: false }))
        {
            var keys = operation.AnsweredFields.Select(field => field.Key).ToList();
            var issue = await Shared.Api.CreateAsync(Api.Minimal());
            foreach (var example in operation.ExamplesFor(issue))
            {
                var answer = await Shared.Api.SendAsync(operation.Method, operation.PathTo(issue), example.ToJsonString());
                Assert.That((int)answer.Status, Is.InRange(200, 299), answer.Text);
                var entry = answer.Body["data"] is JsonArray entries ? entries.FirstOrDefault() : answer.Data;
                Assert.That(entry?.AsObject().Select(member => member.Key) ?? [], Is.SubsetOf(keys), $"{operation}");
            }
        }
    }

    [Test]
    public async Task Takes_patches_as_merge_patches() =>
        Assert.That(
            from operation in Operations(await DocumentAsync())
            where operation.Path.StartsWith("patch", StringComparison.Ordinal)
            from type in operation.Operation["requestBody"]!["content"]!.AsObject()
            select type.Key,
            Is.EquivalentTo(new[] { "application/json", "application/merge-patch+json" }));

    [Test]
    public async Task Names_each_failure_where_it_can_happen()
    {
        var text = (await DocumentAsync()).ToJsonString();

        // These two can happen anywhere, before an operation is known.
        foreach (var code in Enum.GetValues<ProblemCode>().Except([ProblemCode.RouteNotFound, ProblemCode.MethodNotAllowed]))
        {
            Assert.That(text, Does.Contain($"\\u0060{JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString())}\\u0060: "));
        }
    }

    [Test]
    public async Task Has_a_page_to_try_it_out()
    {
        var page = (await Shared.Api.GetAsync("/swagger/index.html")).Text;

        Assert.That(page, Does.Contain("swagger-ui").And.Contain("<title>Order issue service</title>"));
        Assert.That(page, Does.Match("""["']?docExpansion["']?\s*[:=]\s*["']list["']"""));
    }

    [Test]
    public async Task Nothing_that_a_request_says_gets_into_the_page()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/swagger/index.html");
        foreach (var header in new[] { "X-Forwarded-Prefix", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Path", "X-Original-URL" })
        {
            request.Headers.Add(header, "/<evil>");
        }

        var answer = await Shared.Api.SendAsync(request);

        Assert.That(answer.Text, Does.Not.Contain("evil"));
        Assert.That(answer.Headers.CacheControl?.NoStore, Is.True);
    }

    /// <summary>Whoever asks, and whatever a request says, the next one isn't told it.</summary>
    [TestCase("Host: \r\n", "/")]
    [TestCase("Host: a:65536\r\n", "http://a:65536")]
    [TestCase("Host: shop.example\r\nX-Forwarded-Host: a\"b\r\nX-Forwarded-Proto: 1:bad\r\n", "http://shop.example")]
    [TestCase("Host: shop.example\r\nX-Forwarded-Prefix: /evil\r\nX-Forwarded-Proto: https\r\n", "http://shop.example")]
    public async Task Is_from_where_this_request_fetched_it(string headers, string server)
    {
        var (status, text) = await Shared.Api.SendRawAsync($"GET /swagger/v1/swagger.json HTTP/1.1\r\n{headers}Connection: close\r\n\r\n");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(text, Does.Contain($"\"url\": \"{server}\""));
        Assert.That((string?)(await DocumentAsync())["servers"]![0]!["url"], Is.EqualTo(Shared.Api.Address.GetLeftPart(UriPartial.Authority)));
    }

    private static async Task<JsonObject> DocumentAsync() => (await Shared.Api.GetAsync("/swagger/v1/swagger.json")).Body;

    private static IEnumerable<(string Path, JsonObject Operation)> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select ($"{operation.Key} {path.Key}", operation.Value!.AsObject());
}
