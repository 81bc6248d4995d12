using System.Net;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Startup;

public sealed class StartupTests
{
    private static readonly (string, string) Development = ("ASPNETCORE_ENVIRONMENT", "Development");
    private static readonly (string, string) Anonymous = ("Auth__AllowAnonymous", "true");
    private readonly TemporaryFolder folder = new();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public async Task Needs_nothing_in_Development_and_says_what_it_makes_do_with()
    {
        using var service = await ServiceProcess.StartAsync(folder.Path, Development);

        Assert.That(service.ExitCode, Is.Null, service.Output);
        Assert.That(service.Output, Does.Contain(Path.Combine(folder.Path, "data", "order-issues.db"))
            .And.Contain("made-up sample tickets (18362,").And.Contain("Auth:AllowAnonymous"));
        (await service.Api.GetAsync("/api/issue-ticket/18362")).Succeeded();
        (await service.Api.GetAsync("/health/live")).Succeeded();
    }

    /// <summary>It listens before it has warmed up, for which it needs no credential, and which leaves nothing behind.</summary>
    [Test]
    public async Task Is_ready_once_it_has_started_and_begins_with_an_empty_store()
    {
        using var service = await ServiceProcess.StartAsync(
            folder.Path, ("ConnectionStrings__Sqlite", "Data Source=issues.db"), ("Auth__ApiKeys__0__Name", "app"),
            ("Auth__ApiKeys__0__KeySha256", Convert.ToHexStringLower(SHA256.HashData("key"u8))), ("Auth__ApiKeys__0__Scopes", "issues:read"));

        await WaitUntilReadyAsync(service);
        using var list = new HttpRequestMessage(HttpMethod.Get, "/api/order-issue") { Headers = { { "X-Api-Key", "key" } } };
        Assert.That((await service.Api.SendAsync(list)).Succeeded().Issues, Is.Empty);
        service.Kill();
        Assert.That(service.Output, Does.Not.Contain("warmed up").And.Not.Contain("\"Error\""));
    }

    [Test]
    public async Task Runs_elsewhere_where_everything_is_said()
    {
        using var service = await ServiceProcess.StartAsync(folder.Path, Anonymous, ("ConnectionStrings__Sqlite", "Data Source=issues.db"));

        Assert.That(service.ExitCode, Is.Null, service.Output);
        (await service.Api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created);
        (await service.Api.GetAsync("/api/issue-ticket/18362")).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_not_configured");
    }

    [Test]
    public async Task Logs_the_time_and_warns_of_nothing_but_the_licence_where_everything_else_is_said()
    {
        using var service = await ServiceProcess.StartAsync(
            folder.Path, ("ConnectionStrings__Sqlite", "Data Source=issues.db"), ("HOME", folder.Path), ("AutoMapper__LicenseKey", ""),
            ("Auth__ApiKeys__0__Name", "app"), ("Auth__ApiKeys__0__KeySha256", new string('a', 64)), ("Auth__ApiKeys__0__Scopes", "issues:read"));
        await WaitUntilReadyAsync(service);
        service.Kill();

        Assert.That(service.Output, Does.Match(@"^{""Timestamp"":""\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"","));
        Assert.That(
            service.Output.Split('\n').Where(line => line.Contains("\"Warning\"", StringComparison.Ordinal)),
            Has.All.Contains("AutoMapper.License"));
        Assert.That(service.Output, Does.Not.Contain("DataProtection"));
        Assert.That(Path.Combine(folder.Path, ".aspnet"), Does.Not.Exist);
    }

    /// <summary>Wherever it is started: an appsettings.json beside it isn't always there.</summary>
    [Test]
    public async Task Logs_no_requests_unless_it_is_told_to()
    {
        using var service = await ServiceProcess.StartAsync(folder.Path, Development);
        using var verbose = await ServiceProcess.StartAsync(folder.Path, Development, ("Logging__LogLevel__Microsoft.AspNetCore", "Information"));
        foreach (var process in new[] { service, verbose })
        {
            (await process.Api.PutAsync("/api/order-issue/update/A-4711", """{ "status": "done" }""")).Failed(HttpStatusCode.NotFound, "issue_not_found");
            process.Kill();
        }

        Assert.That(service.Output, Does.Not.Contain("A-4711"));
        Assert.That(verbose.Output, Does.Contain("A-4711"));
    }

    [TestCase("Nobody may call: set Auth:ApiKeys, or Auth:Jwt:Authority and Auth:Jwt:Audience, or Auth:AllowAnonymous to true")]
    [TestCase("Auth:AllowAnonymous must be true or false", "Auth__AllowAnonymous=yes")]
    [TestCase("ConnectionStrings:MongoDb isn't a MongoDB URI", "ASPNETCORE_ENVIRONMENT=Development", "ConnectionStrings__MongoDb=mongodb://user:secret@")]
    [TestCase("RateLimit:PermitsPerMinute must be a number from 1 to 1000000, or 0", "ASPNETCORE_ENVIRONMENT=Development", "RateLimit__PermitsPerMinute=no")]
    [TestCase("ASPNETCORE_URLS: 'nonsense'", "ASPNETCORE_ENVIRONMENT=Development", "ASPNETCORE_URLS=nonsense")]
    [TestCase("ASPNETCORE_URLS: ", "ASPNETCORE_ENVIRONMENT=Development", "ASPNETCORE_URLS=http://192.0.2.1:5080")]
    [TestCase("ASPNETCORE_URLS: 'https://127.0.0.1:0': Unable to configure HTTPS endpoint", "ASPNETCORE_ENVIRONMENT=Development", "ASPNETCORE_URLS=https://127.0.0.1:0", "HOME=/nowhere")]
    [TestCase("ASPNETCORE_URLS: ", "ASPNETCORE_ENVIRONMENT=Development", "ASPNETCORE_URLS=http://unix:/nowhere/service.sock")]
    [TestCase("Kestrel:Endpoints: ", "ASPNETCORE_ENVIRONMENT=Development", "Kestrel__Endpoints__A__Url=https://127.0.0.1:0", "Kestrel__Endpoints__A__Certificate__Path=nowhere.pfx")]
    [TestCase("Logging:LogLevel:Default must be one of Trace, Debug", "ASPNETCORE_ENVIRONMENT=Development", "Logging__LogLevel__Default=Bogus")]
    [TestCase("/nowhere", "ASPNETCORE_ENVIRONMENT=Development", "ASPNETCORE_CONTENTROOT=/nowhere")]
    [TestCase("Issues:Statuses and Issues:ResolvedStatuses: the status 'refunded'", "ASPNETCORE_ENVIRONMENT=Development", "Issues__Statuses=open,done", "Issues__ResolvedStatuses=refunded")]
    [TestCase("ConnectionStrings:Sqlite: /dev/full can't be used", "ASPNETCORE_ENVIRONMENT=Development", "ConnectionStrings__Sqlite=Data Source=/dev/full")]
    public async Task Says_in_one_line_why_it_does_not_start(string line, params string[] environment)
    {
        using var service = await StartAsync(environment);

        Assert.That(service.ExitCode, Is.EqualTo(1), service.Output);
        Assert.That(service.Output, Does.Contain($"The service can't start. {line}"));
        Assert.That(service.Output, Does.Not.Contain("   at ").And.Not.Contain("secret"));
    }

    [TestCase("Auth:AllowAnonymus", "Auth__AllowAnonymus=true")]
    [TestCase("RateLimit:PermitPerMinute", "RateLimit__PermitPerMinute=5", "RateLimit__PermitsPerMinute=-5", "ASPNETCORE_ENVIRONMENT=Development")]
    [TestCase("ConnectionStrings:Sqllite", "ConnectionStrings__Sqllite=Data Source=x.db", "Auth__AllowAnonymous=true")]
    public async Task Names_a_key_that_nothing_reads_also_where_it_does_not_start(string key, params string[] environment)
    {
        using var service = await StartAsync(environment);

        Assert.That(service.ExitCode, Is.EqualTo(1), service.Output);
        Assert.That(service.Output, Does.Contain($"{key} is configured, but nothing reads it: is it misspelt?"));
    }

    [Test]
    public async Task Says_in_one_line_that_its_configuration_cannot_be_read()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "appsettings.json"), "{ \"Auth\": ");

        using var service = await ServiceProcess.StartAsync(folder.Path, Development);

        Assert.That(service.ExitCode, Is.EqualTo(1));
        Assert.That(service.Output, Does.Contain("The service can't start. ").And.Contain("appsettings.json").And.Not.Contain("   at "));
    }

    [Test]
    public async Task Says_in_one_line_that_the_port_is_taken()
    {
        using var first = await ServiceProcess.StartAsync(folder.Path, Development);
        using var second = await ServiceProcess.StartAsync(folder.Path, Development, ("ASPNETCORE_URLS", first.Api.Address.ToString()));

        Assert.That(second.ExitCode, Is.EqualTo(1));
        Assert.That(second.Output, Does.Contain("The service can't start. ASPNETCORE_URLS: ").And.Not.Contain("   at "));
    }

    [Test]
    public async Task Hands_out_no_number_twice_from_two_processes_on_one_MongoDB()
    {
        if (await MongoServer.NewDatabaseAsync() is not { } uri)
        {
            Assert.Ignore(MongoServer.HowTo);
            return;
        }

        using var first = await ServiceProcess.StartAsync(folder.Path, Development, ("ConnectionStrings__MongoDb", uri));
        using var second = await ServiceProcess.StartAsync(folder.Path, Development, ("ConnectionStrings__MongoDb", uri));
        var apis = new[] { first.Api, second.Api };

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => apis[i % 2].CreateAsync(Api.Minimal())));

        Assert.That(
            answers.Select(answer => int.Parse(answer.Succeeded(HttpStatusCode.Created).IssueId, null)).Order(),
            Is.EqualTo(Enumerable.Range(1_600_001, 64)));
    }

    [Test]
    public async Task Runs_on_a_link_to_a_file()
    {
        var file = Path.Combine(folder.Path, "real.db");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "issues.db"), file);

        using var service = await ServiceProcess.StartAsync(folder.Path, Anonymous, ("ConnectionStrings__Sqlite", "Data Source=issues.db"));

        (await service.Api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created);
        Assert.That(service.Output, Does.Contain(file));
    }

    [Test]
    public async Task Does_not_start_on_a_file_of_a_newer_version()
    {
        var file = Path.Combine(folder.Path, "issues.db");
        using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        using var service = await ServiceProcess.StartAsync(folder.Path, Development, ("ConnectionStrings__Sqlite", $"Data Source={file}"));

        Assert.That(service.ExitCode, Is.EqualTo(1));
        Assert.That(service.Output, Does.Contain($"The service can't start. ConnectionStrings:Sqlite: {file} was written by a newer version"));
    }

    private static async Task WaitUntilReadyAsync(ServiceProcess service)
    {
        Answer ready;
        while ((ready = await service.Api.GetAsync("/health/ready")).Status == HttpStatusCode.ServiceUnavailable)
        {
            Assert.That((string?)ready.Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable").Body["detail"], Is.EqualTo("The service is starting."));
        }

        ready.Succeeded();
    }

    private Task<ServiceProcess> StartAsync(string[] environment) =>
        ServiceProcess.StartAsync(folder.Path, [.. environment.Select(pair => (pair.Split('=')[0], pair.Split('=', 2)[1]))]);
}
