using System.Net;
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
        Assert.That((await service.Api.GetAsync("/health/live")).Text, Is.EqualTo("Healthy"));
    }

    [Test]
    public async Task Is_asked_how_it_is_by_its_own_program()
    {
        using var service = await ServiceProcess.StartAsync(folder.Path, Development);

        Assert.That(await ProbeAsync(new Uri(service.Api.Address, "/health/ready").ToString()), Is.Zero);
        Assert.That(await ProbeAsync(new Uri(service.Api.Address, "/nothing").ToString()), Is.EqualTo(1));
        Assert.That(await ProbeAsync("http://127.0.0.1:1/health/ready"), Is.EqualTo(1));
        Assert.That(await ProbeAsync("nonsense"), Is.EqualTo(1));

        async Task<int?> ProbeAsync(string url)
        {
            using var probe = await ServiceProcess.StartAsync(folder.Path, [.. ServiceProcess.Command, "probe", url]);
            return probe.ExitCode;
        }
    }

    [Test]
    public async Task Runs_elsewhere_where_everything_is_said()
    {
        using var service = await ServiceProcess.StartAsync(folder.Path, Anonymous, ("ConnectionStrings__Sqlite", "Data Source=issues.db"));

        Assert.That(service.ExitCode, Is.Null, service.Output);
        (await service.Api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created);
        (await service.Api.GetAsync("/api/issue-ticket/18362")).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_not_configured");
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
    [TestCase("Nobody may call", "Auth__AllowAnonymous=false")]
    [TestCase("Auth:AllowAnonymous must be true or false", "Auth__AllowAnonymous=yes")]
    [TestCase("Nobody may call", "ASPNETCORE_ENVIRONMENT=Development", "Auth__AllowAnonymous=false")]
    [TestCase("Auth:ApiKeys:0:Name must be a text", "Auth__ApiKeys__0__Key=secret-secret-secret", "Auth__ApiKeys__0__Scopes=issues:read")]
    [TestCase("Auth:ApiKeys:0:Scopes must be", "Auth__ApiKeys__0__Key=secret-secret-secret", "Auth__ApiKeys__0__Name=app")]
    [TestCase("Auth:ApiKeys:0:Scopes must be", "Auth__ApiKeys__0__Key=secret-secret-secret", "Auth__ApiKeys__0__Name=app", "Auth__ApiKeys__0__Scopes=issues:all")]
    [TestCase("Auth:ApiKeys:0 must have either Key or KeySha256", "Auth__ApiKeys__0__Name=app", "Auth__ApiKeys__0__Scopes=issues:read")]
    [TestCase("Auth:ApiKeys:0:Key must have at least 16 characters", "Auth__ApiKeys__0__Name=app", "Auth__ApiKeys__0__Scopes=issues:read", "Auth__ApiKeys__0__Key=secret")]
    [TestCase("Auth:ApiKeys:0:KeySha256 must be 64 hexadecimal digits", "Auth__ApiKeys__0__Name=app", "Auth__ApiKeys__0__Scopes=issues:read", "Auth__ApiKeys__0__KeySha256=secret")]
    [TestCase("Auth:ApiKeys:0:Scopes must be", "Auth__ApiKeys__0__Name=app", "Auth__ApiKeys__0__Scopes=issues:read", "Auth__ApiKeys__0__Scopes__0=issues:write", "Auth__ApiKeys__0__Key=secret-secret-secret")]
    [TestCase("Auth:ApiKeys: a key is there twice", "Auth__ApiKeys__0__Name=app", "Auth__ApiKeys__0__Scopes=issues:read", "Auth__ApiKeys__0__Key=secret-secret-secret", "Auth__ApiKeys__1__Name=two", "Auth__ApiKeys__1__Scopes=issues:read", "Auth__ApiKeys__1__Key=secret-secret-secret")]
    [TestCase("Auth:Jwt:Audience is missing", "Auth__Jwt__Authority=https://login.example.com")]
    [TestCase("Auth:Jwt:Authority is missing", "Auth__Jwt__Audience=order-issues")]
    [TestCase("Auth:Jwt:Authority must be an https address", "Auth__Jwt__Audience=order-issues", "Auth__Jwt__Authority=http://login.example.com")]
    [TestCase("Auth:Jwt:Authority must be an https address", "Auth__Jwt__Audience=order-issues", "Auth__Jwt__Authority=https://a:secret@login.example.com")]
    [TestCase("ConnectionStrings:MongoDb or ConnectionStrings:Sqlite must be set", "Auth__AllowAnonymous=true")]
    [TestCase("ConnectionStrings:MongoDb or ConnectionStrings:Sqlite must be set", "Auth__AllowAnonymous=true", "ConnectionStrings__SqLight=Data Source=x.db")]
    [TestCase("ConnectionStrings:Sqlite must name a file", "ASPNETCORE_ENVIRONMENT=Development", "ConnectionStrings__Sqlite=Data Source=:memory:")]
    [TestCase("ConnectionStrings:Sqlite isn't a connection string", "ASPNETCORE_ENVIRONMENT=Development", "ConnectionStrings__Sqlite=secret")]
    [TestCase("ConnectionStrings:Sqlite: Password", "ASPNETCORE_ENVIRONMENT=Development", "ConnectionStrings__Sqlite=Data Source=x.db;Password=secret")]
    [TestCase("ConnectionStrings:Sqlite: Mode", "ASPNETCORE_ENVIRONMENT=Development", "ConnectionStrings__Sqlite=Data Source=x.db;Mode=ReadOnly")]
    [TestCase("ConnectionStrings:Sqlite: Default Timeout", "ASPNETCORE_ENVIRONMENT=Development", "ConnectionStrings__Sqlite=Data Source=x.db;Default Timeout=3000000")]
    [TestCase("ConnectionStrings:MongoDb isn't a MongoDB URI", "ASPNETCORE_ENVIRONMENT=Development", "ConnectionStrings__MongoDb=mongodb://user:secret@")]
    [TestCase("ConnectionStrings:MongoDb isn't a MongoDB URI", "ASPNETCORE_ENVIRONMENT=Development", "ConnectionStrings__MongoDb=secret")]
    [TestCase("ConnectionStrings:MongoDb isn't a MongoDB URI", "ASPNETCORE_ENVIRONMENT=Development", "ConnectionStrings__MongoDb=mongodb://h/?authMechanism=secret")]
    [TestCase("MongoDb:IssuesCollection: 'a$b'", "ConnectionStrings__MongoDb=mongodb://h", "MongoDb__IssuesCollection=a$b", "Auth__AllowAnonymous=true")]
    [TestCase("MongoDb:CountersCollection: '.x'", "ConnectionStrings__MongoDb=mongodb://h", "MongoDb__CountersCollection=.x", "Auth__AllowAnonymous=true")]
    [TestCase("Freshdesk:ApiKey is missing", "ASPNETCORE_ENVIRONMENT=Development", "Freshdesk__BaseUrl=https://acme.freshdesk.com")]
    [TestCase("Freshdesk:BaseUrl is missing", "ASPNETCORE_ENVIRONMENT=Development", "Freshdesk__ApiKey=secret")]
    [TestCase("Freshdesk:BaseUrl must be an https address", "ASPNETCORE_ENVIRONMENT=Development", "Freshdesk__ApiKey=secret", "Freshdesk__BaseUrl=acme")]
    [TestCase("Freshdesk:BaseUrl must be an https address", "ASPNETCORE_ENVIRONMENT=Development", "Freshdesk__ApiKey=secret", "Freshdesk__BaseUrl=http://acme.freshdesk.com")]
    [TestCase("Freshdesk:BaseUrl must be an https address", "ASPNETCORE_ENVIRONMENT=Development", "Freshdesk__ApiKey=secret", "Freshdesk__BaseUrl=https://a:secret@acme.freshdesk.com")]
    [TestCase("Freshdesk:BaseUrl must be an https address", "ASPNETCORE_ENVIRONMENT=Development", "Freshdesk__ApiKey=secret", "Freshdesk__BaseUrl=https://acme.freshdesk.com/api/v2/")]
    [TestCase("TikTokShop:AppKey is missing", "ASPNETCORE_ENVIRONMENT=Development", "TikTokShop__AppSecret=e59af819cc", "TikTokShop__AccessToken=access", "TikTokShop__RefreshToken=refresh", "TikTokShop__ShopCipher=cipher")]
    [TestCase("TikTokShop:AppSecret is missing", "ASPNETCORE_ENVIRONMENT=Development", "TikTokShop__AppKey=29a39d", "TikTokShop__AccessToken=access", "TikTokShop__RefreshToken=refresh", "TikTokShop__ShopCipher=cipher")]
    [TestCase("TikTokShop:AccessToken is missing", "ASPNETCORE_ENVIRONMENT=Development", "TikTokShop__AppKey=29a39d", "TikTokShop__AppSecret=e59af819cc", "TikTokShop__RefreshToken=refresh", "TikTokShop__ShopCipher=cipher")]
    [TestCase("TikTokShop:RefreshToken is missing", "ASPNETCORE_ENVIRONMENT=Development", "TikTokShop__AppKey=29a39d", "TikTokShop__AppSecret=e59af819cc", "TikTokShop__AccessToken=access", "TikTokShop__ShopCipher=cipher")]
    [TestCase("TikTokShop:ShopCipher is missing", "ASPNETCORE_ENVIRONMENT=Development", "TikTokShop__AppKey=29a39d", "TikTokShop__AppSecret=e59af819cc", "TikTokShop__AccessToken=access", "TikTokShop__RefreshToken=refresh")]
    [TestCase("TikTokShop:AppKey is missing", "ASPNETCORE_ENVIRONMENT=Development", "TikTokShop__BaseUrl=https://open-api.tiktokglobalshop.com")]
    [TestCase("TikTokShop:AccessToken is missing beside other keys of TikTokShop, or has other characters", "ASPNETCORE_ENVIRONMENT=Development", "TikTokShop__AppKey=29a39d", "TikTokShop__AppSecret=e59af819cc", "TikTokShop__AccessToken=ac cess", "TikTokShop__RefreshToken=refresh", "TikTokShop__ShopCipher=cipher")]
    [TestCase("TikTokShop:BaseUrl must be an https address without a path", "ASPNETCORE_ENVIRONMENT=Development", "TikTokShop__AppKey=29a39d", "TikTokShop__AppSecret=e59af819cc", "TikTokShop__AccessToken=access", "TikTokShop__RefreshToken=refresh", "TikTokShop__ShopCipher=cipher", "TikTokShop__BaseUrl=http://open-api.tiktokglobalshop.com")]
    [TestCase("TikTokShop:BaseUrl must be an https address without a path", "ASPNETCORE_ENVIRONMENT=Development", "TikTokShop__AppKey=29a39d", "TikTokShop__AppSecret=e59af819cc", "TikTokShop__AccessToken=access", "TikTokShop__RefreshToken=refresh", "TikTokShop__ShopCipher=cipher", "TikTokShop__BaseUrl=https://open-api.tiktokglobalshop.com/api")]
    [TestCase("TikTokShop:BaseUrl must be an https address without a path", "ASPNETCORE_ENVIRONMENT=Development", "TikTokShop__AppKey=29a39d", "TikTokShop__AppSecret=e59af819cc", "TikTokShop__AccessToken=access", "TikTokShop__RefreshToken=refresh", "TikTokShop__ShopCipher=cipher", "TikTokShop__BaseUrl=https://a:secret@open-api.tiktokglobalshop.com")]
    [TestCase("TikTokShop:AuthBaseUrl must be an https address without a path", "ASPNETCORE_ENVIRONMENT=Development", "TikTokShop__AppKey=29a39d", "TikTokShop__AppSecret=e59af819cc", "TikTokShop__AccessToken=access", "TikTokShop__RefreshToken=refresh", "TikTokShop__ShopCipher=cipher", "TikTokShop__AuthBaseUrl=auth")]
    [TestCase("TikTokShop:AuthBaseUrl must be an https address without a path", "ASPNETCORE_ENVIRONMENT=Development", "TikTokShop__AppKey=29a39d", "TikTokShop__AppSecret=e59af819cc", "TikTokShop__AccessToken=access", "TikTokShop__RefreshToken=refresh", "TikTokShop__ShopCipher=cipher", "TikTokShop__AuthBaseUrl=https://auth.tiktok-shops.com/?app_secret=secret")]
    [TestCase("Freshdesk:OrderIdPatterns:0 is empty.", "ASPNETCORE_ENVIRONMENT=Development", "Freshdesk__OrderIdPatterns__0=")]
    [TestCase("Freshdesk:OrderIdPatterns:1 is empty.", "ASPNETCORE_ENVIRONMENT=Development", "Freshdesk__OrderIdPatterns__0=#[0-9]+", "Freshdesk__OrderIdPatterns__1= ")]
    [TestCase("Freshdesk:OrderIdPatterns:0 isn't a regular expression of .NET's: InsufficientClosingParentheses at character 7.", "ASPNETCORE_ENVIRONMENT=Development", "Freshdesk__OrderIdPatterns__0=(secret")]
    [TestCase("Freshdesk:OrderIdPatterns:0 needs backtracking", "ASPNETCORE_ENVIRONMENT=Development", "Freshdesk__OrderIdPatterns__0=(?<=secret)[0-9]+")]
    [TestCase("Freshdesk:OrderIdPatterns:0 needs backtracking", "ASPNETCORE_ENVIRONMENT=Development", "Freshdesk__OrderIdPatterns__0=([0-9])\\1")]
    [TestCase("Freshdesk:OrderIdPatterns must be a list: Freshdesk:OrderIdPatterns:0", "ASPNETCORE_ENVIRONMENT=Development", "Freshdesk__OrderIdPatterns=secret")]
    [TestCase("Freshdesk:RateLimitFloor must be a whole number", "ASPNETCORE_ENVIRONMENT=Development", "Freshdesk__RateLimitFloor=-1")]
    [TestCase("Freshdesk:RateLimitFloor must be a whole number", "ASPNETCORE_ENVIRONMENT=Development", "Freshdesk__RateLimitFloor=10.0")]
    [TestCase("Freshdesk:RateLimitFloor must be a whole number", "ASPNETCORE_ENVIRONMENT=Development", "Freshdesk__RateLimitFloor=ten")]
    [TestCase("Freshdesk:RateLimitFloor must be a whole number", "ASPNETCORE_ENVIRONMENT=Development", "Freshdesk__RateLimitFloor=2147483648")]
    [TestCase("RateLimit:PermitsPerMinute must be a number from 1 to 1000000, or 0", "ASPNETCORE_ENVIRONMENT=Development", "RateLimit__PermitsPerMinute=-1")]
    [TestCase("RateLimit:PermitsPerMinute must be a number from 1 to 1000000, or 0", "ASPNETCORE_ENVIRONMENT=Development", "RateLimit__PermitsPerMinute=6e3")]
    [TestCase("RateLimit:PermitsPerMinute must be a number from 1 to 1000000, or 0", "ASPNETCORE_ENVIRONMENT=Development", "RateLimit__PermitsPerMinute=1000001")]
    [TestCase("RateLimit:PermitsPerMinute must be a number from 1 to 1000000, or 0", "ASPNETCORE_ENVIRONMENT=Development", "RateLimit__PermitsPerMinute=no")]
    [TestCase("Cors:Origins: '*' isn't an origin", "ASPNETCORE_ENVIRONMENT=Development", "Cors__Origins=*")]
    [TestCase("Cors:Origins: 'https://*.example.com' isn't an origin", "ASPNETCORE_ENVIRONMENT=Development", "Cors__Origins=https://*.example.com")]
    [TestCase("Cors:Origins: 'https://app.example.com/' isn't an origin", "ASPNETCORE_ENVIRONMENT=Development", "Cors__Origins=https://app.example.com/")]
    [TestCase("Cors:Origins: 'https://app.example.com/path' isn't an origin", "ASPNETCORE_ENVIRONMENT=Development", "Cors__Origins=https://app.example.com/path")]
    [TestCase("Cors:Origins: 'app.example.com' isn't an origin", "ASPNETCORE_ENVIRONMENT=Development", "Cors__Origins=app.example.com")]
    [TestCase("Cors:Origins: 'https://app.example.com:443' isn't an origin", "ASPNETCORE_ENVIRONMENT=Development", "Cors__Origins=https://app.example.com:443")]
    [TestCase("Cors:Origins: 'null' isn't an origin", "ASPNETCORE_ENVIRONMENT=Development", "Cors__Origins=null")]
    [TestCase("Cors:Origins: 'ftp://app.example.com' isn't an origin", "ASPNETCORE_ENVIRONMENT=Development", "Cors__Origins=ftp://app.example.com")]
    [TestCase("Cors:Origins: one with a user in it isn't an origin", "ASPNETCORE_ENVIRONMENT=Development", "Cors__Origins=https://a:secret@app.example.com")]
    [TestCase("Cors:Origins: 'x' isn't an origin", "ASPNETCORE_ENVIRONMENT=Development", "Cors__Origins__0=https://app.example.com", "Cors__Origins__1=x")]
    [TestCase("ASPNETCORE_URLS: 'nonsense'", "ASPNETCORE_ENVIRONMENT=Development", "ASPNETCORE_URLS=nonsense")]
    [TestCase("ASPNETCORE_URLS: 'http://127.0.0.1:99999'", "ASPNETCORE_ENVIRONMENT=Development", "ASPNETCORE_URLS=http://127.0.0.1:99999")]
    [TestCase("Issues:Statuses", "ASPNETCORE_ENVIRONMENT=Development", "Issues__Statuses=open,done,a!b")]
    [TestCase("Issues:Statuses", "ASPNETCORE_ENVIRONMENT=Development", "Issues__Statuses=new,done")]
    [TestCase("Issues:Statuses and Issues:ResolvedStatuses: the status 'refunded'", "ASPNETCORE_ENVIRONMENT=Development", "Issues__Statuses=open,done", "Issues__ResolvedStatuses=refunded")]
    [TestCase("ConnectionStrings:Sqlite: /dev/full can't be used", "ASPNETCORE_ENVIRONMENT=Development", "ConnectionStrings__Sqlite=Data Source=/dev/full")]
    public async Task Says_in_one_line_why_it_does_not_start(string line, params string[] environment)
    {
        using var service = await ServiceProcess.StartAsync(folder.Path, [.. environment.Select(pair => (pair.Split('=')[0], pair.Split('=', 2)[1]))]);

        Assert.That(service.ExitCode, Is.EqualTo(1), service.Output);
        Assert.That(service.Output, Does.Contain($"The service can't start. {line}"));
        Assert.That(service.Output, Does.Not.Contain("   at ").And.Not.Contain("secret"));
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
}
