using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.Client;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;
using static OrderIssues.WebApi.FunctionalTests.Clients.DotnetClient;
using static OrderIssues.WebApi.FunctionalTests.Clients.Steps;

namespace OrderIssues.WebApi.FunctionalTests.Clients;

public sealed class CredentialTests
{
    [Test]
    public async Task The_service_takes_the_key()
    {
        using var service = Service.Start(("Auth:ApiKeys:0:Name", "desk"), ("Auth:ApiKeys:0:Key", "0123456789abcdef0123456789abcdef"), ("Auth:ApiKeys:0:Scopes:0", "issues:read"));
        var (known, unknown) = (Client("0123456789abcdef0123456789abcdef"), Client("fedcba9876543210fedcba9876543210"));

        Assert.That((await known.ListIssuesAsync()).Data, Is.Empty);
        Assert.That((await FailureOf(unknown.ListIssuesAsync())).Code, Is.EqualTo(ProblemCode.Unauthorized));

        IOrderIssueClient Client(string key) => Of(options => (options.BaseUrl, options.ApiKey) = (service.Api.Address, key));
    }

    [Test]
    public async Task Each_try_has_a_token_of_its_own()
    {
        var (script, tokens) = (new Script(Page(502), Succeed), 0);
        var client = Of(options => options.GetToken = async _ => $"token{++tokens}", script);

        await client.GetIssueAsync("1600001");

        Assert.That(script.HeadersOf("Authorization"), Is.EqualTo(new[] { "Bearer token1", "Bearer token2" }));
    }

    [TestCase(302)]
    [TestCase(307)]
    public async Task A_redirect_does_not_get_the_credential(int status)
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Next(context =>
        {
            (context.Response.StatusCode, context.Response.Headers.Location) = (status, "/elsewhere");
            return Task.CompletedTask;
        });
        var client = Of(options => (options.BaseUrl, options.ApiKey) = (new(gateway.BaseUrl), "key"));

        var failure = await FailureOf(client.GetIssueAsync("1600001"));

        Assert.That((failure.Code, (int?)failure.Status), Is.EqualTo((ProblemCode.Redirected, status)));
        Assert.That(gateway.Calls, Is.EqualTo(new[] { "GET /api/order-issue/1600001 key" }));
    }

    [Test]
    public async Task A_fault_of_the_token_provider_is_the_callers()
    {
        var script = new Script(Succeed);
        var broken = Of(options => options.GetToken = _ => throw new HttpRequestException("No token."), script);
        var odd = Of(options => options.GetToken = _ => new("a\r\nb"), script);

        Assert.That(() => broken.GetIssueAsync("1600001"), Throws.InstanceOf<HttpRequestException>());
        Assert.That(() => odd.GetIssueAsync("1600001"), Throws.InvalidOperationException);
        Assert.That(script.Requests, Is.Empty);
    }

    [Test]
    public async Task Neither_the_credential_nor_the_customers_address_is_in_a_log()
    {
        await using var gateway = await FakeGateway.StartAsync();
        using var log = new CapturedLog();
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        services.AddOrderIssueClient(options => (options.BaseUrl, options.ApiKey) = (new(gateway.BaseUrl), "the-key"));
        await using var provider = services.BuildServiceProvider();

        await FailureOf(provider.GetRequiredService<IOrderIssueClient>().ListIssuesAsync(new() { CustomerEmail = ["josh@example.com"] }));

        Assert.That(string.Join('\n', log.Lines), Does.Contain("/api/order-issue").And.Not.Contain("the-key").And.Not.Contain("josh"));
    }

    [Test]
    public async Task A_token_provider_that_hangs_does_not_hang_the_call()
    {
        var time = new FakeTimeProvider();
        var client = Of(
            options => (options.Retries, options.GetToken) = (0, async _ => await new TaskCompletionSource<string>().Task), new Script(Succeed), time);

        var failure = await FailureOf(time.LetPassUntilAsync(client.GetIssueAsync("1600001"), 1000));

        Assert.That(failure.Code, Is.EqualTo(ProblemCode.Timeout));
    }
}
