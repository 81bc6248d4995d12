using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.HostileInput;
using OrderIssues.WebApi.FunctionalTests.Events;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Security;

public sealed class AccessTests
{
    private const string Reader = "reader-key-6fd1c20a9b";
    private const string Writer = "writer-key-0c77e5d41e";
    private const string Both = "both-key-93ab5527f0c1";
    private const string Manager = "manager-key-5be0c7d314";
    private const string PrivacyOfficer = "privacy-key-b1f0e93c77";

    private static readonly Service Service = Service.On(
        StoreKind.Sqlite,
        [
            .. Shared.WebhookSettings,
            ("Auth:AllowAnonymous", "false"),
            ("Auth:ApiKeys:0:Name", "dashboard"), ("Auth:ApiKeys:0:Key", Reader), ("Auth:ApiKeys:0:Scopes:0", "issues:read"),
            ("Auth:ApiKeys:1:Name", "importer"), ("Auth:ApiKeys:1:Key", Writer), ("Auth:ApiKeys:1:Scopes", "issues:write"),
            ("Auth:ApiKeys:2:Name", "support-app"), ("Auth:ApiKeys:2:Key", Both), ("Auth:ApiKeys:2:Scopes", "issues:read, issues:write"),
            ("Auth:ApiKeys:3:Name", "operations"), ("Auth:ApiKeys:3:Key", Manager), ("Auth:ApiKeys:3:Scopes", "webhooks:manage"),
            ("Auth:ApiKeys:4:Name", "privacy"), ("Auth:ApiKeys:4:Key", PrivacyOfficer), ("Auth:ApiKeys:4:Scopes", "privacy:manage"),
        ]);

    /// <summary>The scope of each operation, as the table in the documents has it.</summary>
    private static readonly Dictionary<string, string> DocumentedScopes =
    (
        from Match row in Regex.Matches(
            File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md")), @"^\| `?(?<scope>[a-z]+(:[a-z]+)?)`? \| (?<operations>`.+`) \|$", RegexOptions.Multiline)
        from Match operation in Regex.Matches(row.Groups["operations"].Value, @"`(?<name>\w+)`")
        select (Name: operation.Groups["name"].Value, Scope: row.Groups["scope"].Value)).ToDictionary(entry => entry.Name, entry => entry.Scope);

    public static IEnumerable<string> OpenPaths => ["/", "/health/live", "/health/ready", "/swagger", "/swagger/v1/swagger.json", "/swagger/index.html"];

    private static Api Api => Service.Api;

    [OneTimeTearDown]
    public static void Stop() => Service.Dispose();

    [Test]
    public async Task Every_operation_knows_who_may_call_it()
    {
        var issue = await SendAsync(HttpMethod.Post, "/api/order-issue/create", Both, Api.Minimal().ToJsonString());
        var operations = await DescribedOperation.ReadAllAsync(Api);
        Assert.That(operations.Select(operation => operation.Name), Is.EquivalentTo(DocumentedScopes.Keys));
        foreach (var operation in operations)
        {
            var path = $"{(operation.Name == "getTicket" ? "/api/issue-ticket/18362" : operation.PathTo(issue))}?{operation.RequiredQuery}";
            var isRead = operation.Method == HttpMethod.Get;
            var scope = DocumentedScopes[operation.Name];
            string[] keys = scope switch
            {
                "issues:read" => [Reader, Both],
                "issues:write" => [Writer, Both],
                "webhooks:manage" => [Manager],
                "privacy:manage" => [PrivacyOfficer],
                "any" => [Reader, Writer, Both, Manager, PrivacyOfficer],
                _ => [],
            };
            async Task<Answer> CallAsync(string? key)
            {
                if (!operation.NamesAnotherIssue)
                {
                    return await SendAsync(operation.Method, path, key, operation.TakesBody ? operation.Example.ToJsonString() : null);
                }

                var source = await SendAsync(
                    HttpMethod.Post, "/api/order-issue/create", Both, Api.Minimal((string)issue.Data["OrderId"]!).ToJsonString());
                return await SendAsync(operation.Method, operation.PathTo(source), key, $$"""{ "into": "{{issue.IssueId}}" }""");
            }

            AssertRefused(await CallAsync(null), HttpStatusCode.Unauthorized, "unauthorized", "Bearer realm=\"order-issue\"");
            AssertRefused(await CallAsync("no-key-of-anybody-0"), HttpStatusCode.Unauthorized, "unauthorized", "Bearer realm=\"order-issue\", error=\"invalid_token\"");
            foreach (var key in new[] { Reader, Writer, Both, Manager, PrivacyOfficer }.Except(keys))
            {
                AssertRefused(
                    await CallAsync(key), HttpStatusCode.Forbidden, "forbidden",
                    $"Bearer realm=\"order-issue\", error=\"insufficient_scope\", scope=\"{scope}\"");
            }

            foreach (var key in keys)
            {
                if (operation.Method == HttpMethod.Delete)
                {
                    await SendAsync(HttpMethod.Put, path.TrimEnd('?'), Both, """{ "query": "status=open" }""");
                }

                var answer = await CallAsync(key);
                Assert.That((int)answer.Status, Is.InRange(200, 299), $"{operation}: {answer.Text}");
            }

            if (isRead)
            {
                Assert.That((await SendAsync(HttpMethod.Head, path, null)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
                Assert.That((await SendAsync(HttpMethod.Head, path, keys[0])).Status, Is.EqualTo(HttpStatusCode.OK));
            }
        }
    }

    [Test]
    public void No_endpoint_was_forgotten()
    {
        var endpoints = Service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();

        Assert.That(endpoints, Has.Count.GreaterThan(8));
        Assert.That(
            endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(endpoint => endpoint.RoutePattern.RawText),
            Is.EquivalentTo(new[] { "/", "/health/live", "/health/ready" }));
        Assert.That(
            endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null),
            Has.All.Matches<RouteEndpoint>(endpoint => endpoint!.Metadata.GetMetadata<IAuthorizeData>()?.Policy is "issues:read" or "issues:write" or "webhooks:manage" or "privacy:manage" or "metrics:read"
                || endpoint.RoutePattern.RawText == "api/session"));
    }

    [TestCaseSource(nameof(OpenPaths))]
    public async Task Health_and_OpenAPI_are_open(string path)
    {
        Assert.That((await SendAsync(HttpMethod.Get, path, null)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await SendAsync(HttpMethod.Get, path, "no-key-of-anybody-0")).Status, Is.EqualTo(HttpStatusCode.OK));
        (await SendAsync(HttpMethod.Post, path, null, "{}")).Failed(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
    }

    [TestCase(Reader, """{"name":"dashboard","scopes":["issues:read"],"anonymous":false}""")]
    [TestCase(Both, """{"name":"support-app","scopes":["issues:read","issues:write"],"anonymous":false}""")]
    public async Task Tells_a_caller_who_it_is_and_what_it_may_do(string key, string session) =>
        Assert.That((await SendAsync(HttpMethod.Get, "/api/session", key)).Succeeded().Data.ToJsonString(), Is.EqualTo(session));

    [Test]
    public async Task Tells_callers_without_a_credential_that_they_have_none() =>
        Assert.That((bool)(await Shared.Api.GetAsync("/api/session")).Succeeded().Data["anonymous"]!, Is.True);

    [Test]
    public async Task A_missing_page_is_missing_for_everyone() =>
        (await SendAsync(HttpMethod.Get, "/swagger/nothing", null)).Failed(HttpStatusCode.NotFound, "route_not_found");

    [Test]
    public async Task Nothing_else_is_told_to_whoever_has_no_credential([Values("/api/nothing", "/api/order-issue/1/2/3", "/swagger2")] string path)
    {
        (await SendAsync(HttpMethod.Get, path, null)).Failed(HttpStatusCode.Unauthorized, "unauthorized");
        (await SendAsync(HttpMethod.Get, path, Reader)).Failed(HttpStatusCode.NotFound, "route_not_found");
        (await SendAsync(HttpMethod.Delete, "/api/order-issue/1600001", null, "{")).Failed(HttpStatusCode.Unauthorized, "unauthorized");
        (await SendAsync(HttpMethod.Delete, "/api/order-issue/1600001", Reader)).Failed(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
    }

    [TestCase("Authorization", "Bearer " + Reader)]
    [TestCase("Authorization", "bearer  " + Reader)]
    [TestCase("X-Api-Key", Reader)]
    public async Task Takes_a_key_in_either_header(string header, string value) =>
        (await ListAsync((header, value))).Succeeded();

    [Test]
    public async Task An_empty_header_counts_as_absent() =>
        (await ListAsync(("X-Api-Key", ""), ("Authorization", $"Bearer {Reader}"))).Succeeded();

    [TestCase("Authorization", Reader)]
    [TestCase("Authorization", "Basic " + Reader)]
    [TestCase("Authorization", "Bearer")]
    [TestCase("Authorization", "Bearer ")]
    [TestCase("Authorization", "Bearer a.b.c")]
    [TestCase("X-Api-Key", "Bearer " + Reader)]
    [TestCase("X-Api-Key", Reader + "x")]
    [TestCase("X-Api-Key", Reader + "," + Reader)]
    public async Task Takes_nothing_else(string header, string value) =>
        (await ListAsync((header, value))).Failed(HttpStatusCode.Unauthorized, "unauthorized");

    [Test]
    public async Task The_history_names_the_credential([Values] StoreKind store)
    {
        using var service = Service.On(store, ("Auth:ApiKeys:0:Name", "support-app"), ("Auth:ApiKeys:0:Key", Both), ("Auth:ApiKeys:0:Scopes", "issues:read issues:write"));
        var issue = await SendAsync(HttpMethod.Post, "/api/order-issue/create", Both, Api.Minimal().ToJsonString(), service.Api);
        await SendAsync(HttpMethod.Put, $"/api/order-issue/update/{issue.Data["OrderId"]}", Both, """{"status":"done","by":"Ann"}""", service.Api);
        await SendAsync(HttpMethod.Put, $"/api/order-issue/discussion/{issue.Data["OrderId"]}", null, """{"username":"Ann","message":"Hi"}""", service.Api);

        var history = (await service.Api.GetAsync($"/api/order-issue/{issue.IssueId}/history")).Body["data"]!.AsArray();

        Assert.That(history.Select(entry => (string?)entry!["caller"]), Is.EqualTo(new[] { "support-app", "support-app", null }));
        Assert.That(history.Select(entry => (string?)entry!["by"]), Is.EqualTo(new[] { null, "Ann", "Ann" }));

        const string FromTicket = """{"source":"freshdesk","ticketId":"18363","issueType":"wrong item","createdBy":"Ann"}""";
        var fromTicket = await SendAsync(HttpMethod.Post, "/api/order-issue/from-ticket", Both, FromTicket, service.Api);
        var opening = (await service.Api.GetAsync($"/api/order-issue/{fromTicket.IssueId}/history")).Body["data"]!.AsArray().Single();
        Assert.That(((string?)opening!["caller"], (string?)opening["by"], (string?)opening["action"]), Is.EqualTo(("support-app", "Ann", "created")));
        Assert.That((await ListAsync(service.Api, ("X-Api-Key", "no-key-of-anybody-0"))).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await ListAsync(service.Api, ("Authorization", "Basic YTpi"))).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Keys_are_exchanged_without_a_restart()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "appsettings.json");
        string Settings(params string[] hashes) => $$"""
            { "ConnectionStrings": { "Sqlite": "Data Source=issues.db" },
              "Auth": { "ApiKeys": [{{string.Join(',', hashes.Select(hash => $$"""{ "Name": "app", "KeySha256": "{{hash}}", "Scopes": ["issues:read"] }"""))}}] } }
            """;
        var (oldKey, oldHash) = await MakeKeyAsync(folder);
        var (newKey, newHash) = await MakeKeyAsync(folder);
        await File.WriteAllTextAsync(file, Settings(oldHash));
        using var process = await ServiceProcess.StartAsync(folder.Path);
        async Task<bool> IsTakenAsync(string key) => (await ListAsync(process.Api, ("X-Api-Key", key))).Status == HttpStatusCode.OK;
        Assert.That((await IsTakenAsync(oldKey), await IsTakenAsync(newKey)), Is.EqualTo((true, false)), process.Output);

        await File.WriteAllTextAsync(file, Settings(oldHash, newHash));
        Assert.That(() => IsTakenAsync(newKey).Result, Is.True.After(10).Seconds.PollEvery(50).MilliSeconds);
        Assert.That(await IsTakenAsync(oldKey), Is.True);

        using var stream = await EventStream.OpenAsync(process.Api.Address, "", ("X-Api-Key", oldKey));
        await File.WriteAllTextAsync(file, Settings(newHash));
        Assert.That(() => IsTakenAsync(oldKey).Result, Is.False.After(10).Seconds.PollEvery(50).MilliSeconds);
        Assert.That(await stream.ReadTextAsync().WaitAsync(TimeSpan.FromSeconds(10)), Is.EqualTo(":\n\n"), "It must prove anew who it is");

        foreach (var (unusable, reason) in new[] { (Settings("nonsense"), "64 hexadecimal digits"), (Settings(newHash)[..60], "appsettings.json") })
        {
            await File.WriteAllTextAsync(file, unusable);
            Assert.That(
                () => process.Output,
                Does.Match($"the API keys stay as they were.*{Regex.Escape(reason)}").After(10).Seconds.PollEvery(50).MilliSeconds);
            Assert.That(await IsTakenAsync(newKey), Is.True);
        }
    }

    [Test]
    public async Task Starts_on_the_keys_that_the_page_on_security_shows()
    {
        using var folder = new TemporaryFolder();
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "security.md"));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "appsettings.json"), page.Split("```json")[1].Split("```")[0]);

        using var process = await ServiceProcess.StartAsync(folder.Path, ("ConnectionStrings__Sqlite", "Data Source=issues.db"));

        (await process.Api.GetAsync("/api/order-issue")).Failed(HttpStatusCode.Unauthorized, "unauthorized");
    }

    /// <summary>As the program's own command makes it.</summary>
    private static async Task<(string Key, string Hash)> MakeKeyAsync(TemporaryFolder folder)
    {
        using var command = await ServiceProcess.StartAsync(folder.Path, [.. ServiceProcess.Command, "make-key"]);
        Assert.That(command.ExitCode, Is.Zero);
        var values = command.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ")[1]).ToArray();
        return (values[0], values[1]);
    }

    private static void AssertRefused(Answer answer, HttpStatusCode status, string code, string challenge)
    {
        answer.Failed(status, code);
        Assert.That(answer.Headers.WwwAuthenticate.ToString(), Is.EqualTo(challenge));
    }

    private static Task<Answer> ListAsync(params (string Name, string Value)[] headers) => ListAsync(Api, headers);

    private static Task<Answer> ListAsync(Api api, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/order-issue");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return api.SendAsync(request);
    }

    private static Task<Answer> SendAsync(HttpMethod method, string path, string? key, string? json = null, Api? api = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        return (api ?? Api).SendAsync(request);
    }
}
