using System.Net;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Browsers;

/// <summary>The console in <c>clients/console</c>, and how the service serves it.</summary>
public sealed class ConsoleTests
{
    private const string Tests = "clients/console/test";

    [Test]
    public async Task Passes_its_own_tests()
    {
        await NodeProject.RequireAsync(Tests);
        await NodeProject.TestAsync(Tests);
    }

    [TestCase("", "/console/")]
    [TestCase("", "/console/issue/1600001")]
    [TestCase("", "/console/issue/16.00")]
    [TestCase("", "/console/index.html?status=open")]
    [TestCase("/help", "/help/console/new")]
    public async Task Each_address_has_the_page_which_knows_its_prefix(string prefix, string path)
    {
        using var service = Service.On(StoreKind.Sqlite, ("PathBase", prefix));

        using var client = ClientOf(service.Api);
        using var answer = await client.GetAsync(path);

        var page = await answer.Content.ReadAsStringAsync();
        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.ToString()), Is.EqualTo((HttpStatusCode.OK, "text/html; charset=utf-8")));
        Assert.That(page, Does.Contain($"<base href=\"{prefix}/console/\">"));
        Assert.That(answer.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
        Assert.That(
            answer.Headers.GetValues("Content-Security-Policy").Single(),
            Does.Contain("script-src 'self';").And.Contain("connect-src 'self';").And.Not.Contain("unsafe"));
    }

    [Test]
    public async Task Its_files_are_kept_for_good_and_there_are_no_others()
    {
        var api = Shared.On(StoreKind.Sqlite);
        using var client = ClientOf(api);
        var page = (await client.GetStringAsync("/console/")).Split('"');
        var script = page.First(part => part.StartsWith("./assets/", StringComparison.Ordinal) && part.EndsWith(".js", StringComparison.Ordinal));

        using var file = await client.GetAsync($"/console/{script}");

        Assert.That(file.Headers.CacheControl?.ToString(), Is.EqualTo("public, max-age=31536000, immutable"));
        Assert.That(file.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/javascript"));
        foreach (var path in new[] { "assets/none.js", "assets/", "none.svg", "assets/..%2f..%2f..%2fWebApi.dll" })
        {
            (await api.GetAsync($"/console/{path}")).Failed(HttpStatusCode.NotFound, "route_not_found");
        }
    }

    [Test]
    public async Task Without_its_files_its_address_tells_how_to_get_them_and_the_API_works()
    {
        using var folder = new TemporaryFolder();
        var built = new FileInfo(typeof(Program).Assembly.Location);
        var copy = built.CopyTo(Path.Combine(folder.Path, built.Name)).FullName;
        foreach (var other in built.Directory!.EnumerateFileSystemInfos().Where(other => other.Name != built.Name && other.Name != "wwwroot"))
        {
            File.CreateSymbolicLink(Path.Combine(folder.Path, other.Name), other.FullName);
        }

        using var service = await ServiceProcess.StartAsync(folder.Path, ["dotnet", copy], ("ASPNETCORE_ENVIRONMENT", "Development"));

        var page = await service.Api.GetAsync("/console/issue/1600001");
        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(page.Text, Does.Contain("Install Node.js"));
        (await service.Api.GetAsync("/console/assets/index.js")).Failed(HttpStatusCode.NotFound, "route_not_found");
        (await service.Api.GetAsync("/api/order-issue")).Succeeded();
    }

    [TestCase("GET", "/?x=1", "/console/")]
    [TestCase("HEAD", "/", "/console/")]
    [TestCase("GET", "/console", "/console/")]
    [TestCase("GET", "/console?status=open", "/console/?status=open")]
    public async Task Shorter_addresses_lead_to_it(string method, string path, string target)
    {
        var answer = await Shared.Api.WithoutRedirects().SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.That((answer.Status, answer.Headers.Location?.OriginalString, answer.Text), Is.EqualTo((HttpStatusCode.Found, target, "")));
    }

    private static HttpClient ClientOf(Api api) => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = api.Address };
}
