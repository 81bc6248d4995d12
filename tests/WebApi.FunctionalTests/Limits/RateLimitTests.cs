using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Limits;

/// <summary>The framework's limiter goes by a clock of its own, so that these limits are small and what is waited for is short.</summary>
public sealed class RateLimitTests
{
    private const string Path = "/api/order-issue/1600001";
    private const string FirstKey = "first-key-52c1b09a7e";
    private const string SecondKey = "second-key-d17f3e88b4";

    [Test]
    public async Task Each_answer_tells_what_is_left_and_one_more_is_refused()
    {
        using var service = Limited(3);

        Assert.That(States(await service.Api.GetAsync("/api/order-issue")), Is.EqualTo(new[] { "\"default\";q=3;w=60", "\"default\";r=2;t=20" }));
        Assert.That(States(await service.Api.GetAsync(Path)), Is.EqualTo(new[] { "\"default\";q=3;w=60", "\"default\";r=1;t=40" }));
        Assert.That(States(await service.Api.GetAsync("/nothing")), Is.EqualTo(new[] { "\"default\";q=3;w=60", "\"default\";r=0;t=60" }));

        var refused = (await service.Api.CreateAsync(Api.Minimal())).Failed(HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.That(refused.Headers.RetryAfter?.Delta?.TotalSeconds, Is.InRange(1, 20));
        Assert.That(States(refused), Is.EqualTo(new[] { "\"default\";q=3;w=60", $"\"default\";r=0;t={refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds}" }));
    }

    [Test]
    public async Task There_is_room_again_when_Retry_After_says()
    {
        using var service = Limited(60);
        Answer answer;
        do
        {
            answer = await service.Api.GetAsync(Path);
        }
        while (answer.Status == HttpStatusCode.NotFound);
        answer.Failed(HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));

        // The framework adds what has become free ten times a second.
        await Task.Delay(answer.Headers.RetryAfter!.Delta!.Value + TimeSpan.FromMilliseconds(200), TimeProvider.System);

        (await service.Api.GetAsync(Path)).Failed(HttpStatusCode.NotFound, "issue_not_found");
    }

    [TestCase("/health/live")]
    [TestCase("/health/ready")]
    [TestCase("/")]
    [TestCase("/swagger/v1/swagger.json")]
    [TestCase("/swagger/index.html")]
    public async Task Health_and_the_documents_are_not_limited(string path)
    {
        using var service = Limited(1);
        for (var i = 0; i < 3; i++)
        {
            var answer = await service.Api.GetAsync(path);

            Assert.That((answer.Status, States(answer)), Is.EqualTo((HttpStatusCode.OK, Array.Empty<string>())));
        }
    }

    [Test]
    public async Task A_developer_is_not_limited() => Assert.That(States(await Shared.Api.GetAsync(Path)), Is.Empty);

    [Test]
    public async Task Each_address_has_a_limit_of_its_own_whatever_it_claims_to_be()
    {
        using var service = Limited(1);
        var other = new Api(From("127.0.0.2", service.Api.Address));

        await service.Api.GetAsync(Path);

        (await service.Api.SendAsync(new HttpRequestMessage(HttpMethod.Get, Path) { Headers = { { "X-Forwarded-For", "203.0.113.7" }, { "Forwarded", "for=203.0.113.7" } } }))
            .Failed(HttpStatusCode.TooManyRequests, "rate_limited");
        (await other.GetAsync(Path)).Failed(HttpStatusCode.NotFound, "issue_not_found");
    }

    [TestCase("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", true)]
    [TestCase("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [TestCase("203.0.113.7", "::ffff:203.0.113.7", true)]
    [TestCase("::ffff:203.0.113.7", "::ffff:203.0.113.8", false)]
    [TestCase("203.0.113.7", "203.0.113.8", false)]
    public async Task Addresses_of_one_network_of_IPv6_count_as_one(string first, string second, bool areOne)
    {
        using var service = FakeConnection.Start(("RateLimit:PermitsPerMinute", "1"));

        await GetAsync(service.Api, FakeConnection.Address, first);

        (await GetAsync(service.Api, FakeConnection.Address, second))
            .Failed(areOne ? HttpStatusCode.TooManyRequests : HttpStatusCode.NotFound, areOne ? "rate_limited" : "issue_not_found");
    }

    /// <summary>Also one whose name is an address.</summary>
    [Test]
    public async Task Each_credential_has_a_limit_of_its_own_wherever_it_comes_from()
    {
        using var service = Service.Start(
            ("RateLimit:PermitsPerMinute", "1"),
            ("Auth:ApiKeys:0:Name", "console"), ("Auth:ApiKeys:0:Key", FirstKey), ("Auth:ApiKeys:0:Scopes", "issues:read"),
            ("Auth:ApiKeys:1:Name", "127.0.0.2"), ("Auth:ApiKeys:1:Key", SecondKey), ("Auth:ApiKeys:1:Scopes", "issues:read"));
        var other = new Api(From("127.0.0.2", service.Api.Address));

        (await GetAsync(service.Api, "X-Api-Key", FirstKey)).Failed(HttpStatusCode.NotFound, "issue_not_found");
        (await GetAsync(other, "X-Api-Key", FirstKey)).Failed(HttpStatusCode.TooManyRequests, "rate_limited");
        (await GetAsync(service.Api, "X-Api-Key", SecondKey)).Failed(HttpStatusCode.NotFound, "issue_not_found");
        (await other.GetAsync(Path)).Failed(HttpStatusCode.NotFound, "issue_not_found");
        (await other.GetAsync(Path)).Failed(HttpStatusCode.TooManyRequests, "rate_limited");
    }

    private static Task<Answer> GetAsync(Api api, string header, string value) =>
        api.SendAsync(new HttpRequestMessage(HttpMethod.Get, Path) { Headers = { { header, value } } });

    private static Service Limited(int permits) => Service.Start(("RateLimit:PermitsPerMinute", permits.ToString(CultureInfo.InvariantCulture)));

    private static string[] States(Answer answer) =>
        [.. new[] { "RateLimit-Policy", "RateLimit" }.SelectMany(name => answer.Headers.TryGetValues(name, out var values) ? values : [])];

    private static HttpClient From(string address, Uri service) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(IPAddress.Loopback, service.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = service };
}
