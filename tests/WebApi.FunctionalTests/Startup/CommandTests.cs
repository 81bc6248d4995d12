using System.Net;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Startup;

public sealed class CommandTests
{
    private readonly TemporaryFolder folder = new();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [TestCase("--help", "make-key", "probe <url>", "repair", "backup", "restore", "check", "--RateLimit:PermitsPerMinute=600")]
    [TestCase("probe --help", "health check")]
    [TestCase("--version", "1.")]
    [TestCase("make-key", "Key, for the caller only: ", "KeySha256, for Auth:ApiKeys: ")]
    [TestCase("--environment Development make-key", "KeySha256, for Auth:ApiKeys: ")]
    public async Task Runs_a_command(string arguments, params string[] texts)
    {
        using var command = await RunAsync(arguments);

        Assert.That(command.ExitCode, Is.Zero, command.Output);
        foreach (var text in texts)
        {
            Assert.That(command.Output, Does.Contain(text));
        }
    }

    [TestCase("start", "'start' is neither a command nor a setting such as --RateLimit:PermitsPerMinute=600.")]
    [TestCase("--verbose", "'--verbose' is neither a command")]
    [TestCase("--enviroment=Production", "'--enviroment=Production' is neither a command")]
    [TestCase("@settings.txt", "'@settings.txt' is neither a command")]
    [TestCase("--environment", "Required argument missing for option: '--environment'.")]
    [TestCase("probe", "Required argument 'url' missing for command: 'probe'.")]
    [TestCase("repair --aply", "Unrecognized command or argument '--aply'.")]
    [TestCase("repair", "The service can't start. ConnectionStrings:MongoDb or ConnectionStrings:Sqlite must be set")]
    [TestCase("repair", "The service can't start. Logging:LogLevel:Default must be one of", "Logging__LogLevel__Default=Bogus")]
    [TestCase("make-key now", "Unrecognized command or argument 'now'.")]
    public async Task Tells_what_it_cannot_run_and_starts_nothing(string arguments, string text, params string[] environment)
    {
        using var command = await RunAsync(arguments, environment);

        Assert.That(command.ExitCode, Is.EqualTo(1), command.Output);
        Assert.That(command.Output.Trim(), Does.StartWith(text));
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.Empty);
    }

    [Test]
    public async Task Takes_settings_as_arguments()
    {
        using var service = await RunAsync("--environment=Production --Auth:AllowAnonymous=true --ConnectionStrings:Sqlite=DataSource=a.db --Logging:LogLevel:Microsoft.AspNetCore=Error");

        Assert.That(service.ExitCode, Is.Null, service.Output);
        Assert.That(Path.Combine(folder.Path, "a.db"), Does.Exist);
    }

    [TestCase("--environment Development repair")]
    [TestCase("--environment Development repair --apply")]
    [TestCase("repair --apply --environment Development")]
    [TestCase("repair", "ConnectionStrings__Sqlite=Data Source=data/order-issues.db")]
    [TestCase("repair", "ConnectionStrings__Sqlite=Data Source=data/order-issues.db", "Freshdesk__ApiKey=x", "Auth__AllowAnonymous=x", "AllowedHosts=x y")]
    public async Task Repairs_the_store_of_the_service(string arguments, params string[] environment)
    {
        using (var service = await RunAsync("--environment Development"))
        {
            service.Kill();
        }

        using var command = await RunAsync(arguments, environment);

        Assert.That(command.ExitCode, Is.Zero, command.Output);
        Assert.That(command.Output, Does.Contain("0 issues looked at"));
    }

    [Test]
    public async Task Probes_the_service()
    {
        using var service = await RunAsync("--environment Development");
        while ((await service.Api.GetAsync("/health/ready")).Status != HttpStatusCode.OK)
        {
            // It warms up.
        }

        Assert.That(await ProbeAsync(new Uri(service.Api.Address, "/health/ready").ToString()), Is.Zero);
        Assert.That(await ProbeAsync(new Uri(service.Api.Address, "/nothing").ToString()), Is.EqualTo(1));
        Assert.That(await ProbeAsync("http://127.0.0.1:1/health/ready"), Is.EqualTo(1));
        Assert.That(await ProbeAsync("nonsense"), Is.EqualTo(1));
        Assert.That(await ProbeAsync("file:///etc/passwd"), Is.EqualTo(1));

        async Task<int?> ProbeAsync(string url)
        {
            using var probe = await RunAsync($"probe {url}");
            return probe.ExitCode;
        }
    }

    private Task<ServiceProcess> RunAsync(string arguments, params string[] environment) => ServiceProcess.StartAsync(
        folder.Path,
        [.. ServiceProcess.Command, .. arguments.Split(' ')],
        [.. environment.Select(setting => setting.Split('=', 2)).Select(pair => (pair[0], pair[1]))]);
}
