using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Security;

public sealed class TokenTests
{
    private FakeIssuer issuer = null!;
    private Service service = null!;

    [SetUp]
    public async Task StartAsync()
    {
        issuer = await FakeIssuer.StartAsync();
        service = Service.Start(
            ("RateLimit:PermitsPerMinute", "100"), ("Auth:AllowAnonymous", "false"), ("Auth:Jwt:Authority", issuer.Address), ("Auth:Jwt:Audience", FakeIssuer.Audience));
    }

    [TearDown]
    public async Task StopAsync()
    {
        service.Dispose();
        await issuer.DisposeAsync();
    }

    [Test]
    public async Task A_token_permits_what_its_scopes_say()
    {
        var issue = (await CreateAsync(issuer.Token("openid issues:read issues:write"))).Succeeded(HttpStatusCode.Created);
        (await CreateAsync(issuer.Token(new[] { "issues:write" }))).Succeeded(HttpStatusCode.Created);
        (await CreateAsync(issuer.Token("issues:read"))).Failed(HttpStatusCode.Forbidden, "forbidden");
        (await CreateAsync(issuer.Token("issues:writer"))).Failed(HttpStatusCode.Forbidden, "forbidden");

        var history = (await GetAsync($"/api/order-issue/{issue.IssueId}/history", issuer.Token("issues:read"))).Succeeded();

        Assert.That((string?)history.Body["data"]![0]!["caller"], Is.EqualTo("agent-7"));
    }

    /// <summary>The first token that is signed by an unknown key makes the service ask for the keys again.</summary>
    [Test]
    public async Task A_rotated_key_is_fetched_and_the_withdrawn_one_forgotten()
    {
        var withdrawn = issuer.Token("issues:read");
        (await GetAsync("/api/order-issue", withdrawn)).Succeeded();

        issuer.RotateKey();
        var answer = await GetAsync("/api/order-issue", issuer.Token("issues:read"));
        for (var tries = 0; answer.Status == HttpStatusCode.Unauthorized && tries < 50; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            answer = await GetAsync("/api/order-issue", issuer.Token("issues:read"));
        }

        answer.Succeeded();
        (await GetAsync("/api/order-issue", withdrawn)).Failed(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Test]
    public async Task A_token_that_is_not_meant_or_not_valid_is_refused()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var good = issuer.Token("issues:read");
        (await GetAsync("/api/order-issue", good)).Succeeded();
        var unsigned = $"{new JsonWebTokenHandler().CreateToken($$"""{"sub":"a","scope":"issues:read","iss":"{{issuer.Address}}","aud":"order-issues","exp":9999999999}""")}";
        foreach (var token in new[]
        {
            issuer.Token("issues:read", audience: "another"), issuer.Token("issues:read", issuer: "https://another.example.com"),
            issuer.Token("issues:read", minutes: -10), issuer.Token("issues:read", signer: stranger), issuer.Token("issues:read", subject: null),
            issuer.Token("issues:read", subject: ""), issuer.Token("issues:read", subject: " "), issuer.Token("issues:read", subject: "\u200B"), issuer.Token("issues:read", subject: "a\nb"),
            issuer.Token("issues:read", subject: new string('x', 201)), issuer.Token("issues:read", minutes: -2),
            good[..^4] + "AAAA", unsigned, "a.b.c", "..",
        })
        {
            var refused = (await GetAsync("/api/order-issue", token)).Failed(HttpStatusCode.Unauthorized, "unauthorized");
            Assert.That(refused.Headers.WwwAuthenticate.ToString(), Does.Contain("invalid_token"), token);
        }
    }

    [TestCase("scp")]
    [TestCase("roles")]
    [TestCase("permissions")]
    public async Task Scopes_may_stand_in_other_claims_as_a_text_or_a_list(string claim)
    {
        (await CreateAsync(issuer.Token(null, claims: (claim, "openid issues:write")))).Succeeded(HttpStatusCode.Created);
        (await CreateAsync(issuer.Token(null, claims: (claim, new[] { "openid", "issues:write" })))).Succeeded(HttpStatusCode.Created);
        (await CreateAsync(issuer.Token(null, claims: (claim, "issues:read")))).Failed(HttpStatusCode.Forbidden, "forbidden");
    }

    [Test]
    public async Task A_subject_has_up_to_200_characters_also_of_those_that_take_two_units()
    {
        (await GetAsync("/api/order-issue", issuer.Token("issues:read", subject: string.Concat(Enumerable.Repeat("\U00020BB7", 200))))).Succeeded();
        (await GetAsync("/api/order-issue", issuer.Token("issues:read", subject: string.Concat(Enumerable.Repeat("\U00020BB7", 201)))))
            .Failed(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [TestCase("client_id")]
    [TestCase("azp")]
    [TestCase("appid")]
    public async Task A_token_without_a_subject_is_its_clients(string claim)
    {
        var token = issuer.Token("issues:read issues:write", subject: null, claims: (claim, "scanner"));
        var issue = (await CreateAsync(token)).Succeeded(HttpStatusCode.Created);

        var history = (await GetAsync($"/api/order-issue/{issue.IssueId}/history", token)).Succeeded();

        Assert.That((string?)history.Body["data"]![0]!["caller"], Is.EqualTo("scanner"));
    }

    [Test]
    public async Task The_log_says_why_a_token_was_refused_and_nothing_of_it()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        foreach (var (token, reason) in new[]
        {
            (issuer.Token("issues:read", audience: "another"), "it is for another audience"),
            (issuer.Token("issues:read", issuer: "https://another.example.com"), "it is of another issuer"),
            (issuer.Token("issues:read", minutes: -10), "it has expired"),
            (issuer.Token("issues:read", signer: stranger), "its signature is by none of the issuer's keys"),
            (issuer.Token("issues:read", subject: ""), "Its subject is missing"),
            ("a.b.c", "it isn't a token"),
        })
        {
            var before = service.Log.Lines.Count();
            await GetAsync("/api/order-issue", token);
            Assert.That(service.Log.Lines.Skip(before), Has.One.Contains($"A token was refused: {reason}").And.None.Contains(token));
        }
    }

    [Test]
    public async Task A_clock_may_be_a_minute_off() => (await GetAsync("/api/order-issue", issuer.Token("issues:read", seconds: -30))).Succeeded();

    [Test]
    public async Task While_the_issuer_cannot_be_reached_another_try_may_help()
    {
        issuer.IsUp = false;

        var failed = (await GetAsync("/api/order-issue", issuer.Token("issues:read"))).Failed(HttpStatusCode.ServiceUnavailable, "overloaded");

        Assert.That(failed.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(5)));
        Assert.That((await GetAsync("/health/live", "a.b.c")).Status, Is.EqualTo(HttpStatusCode.OK));

        // Whoever sends many finds a limit, and doesn't fill the log.
        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => GetAsync("/api/order-issue", "a.b.c")));
        Assert.That(answers.Last(answer => answer.Status == HttpStatusCode.TooManyRequests).Headers.Contains("RateLimit"), Is.True);
        Assert.That(service.Log.Lines.Count(line => line.Contains("Auth:Jwt:Authority", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(service.Log.Lines, Has.None.Contains("eyJ"));
        issuer.IsUp = true;
        (await GetAsync("/api/order-issue", issuer.Token("issues:write"))).Failed(HttpStatusCode.Forbidden, "forbidden");
    }

    private Task<Answer> GetAsync(string path, string token) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), token);

    private Task<Answer> CreateAsync(string token) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, "/api/order-issue/create")
        {
            Content = new StringContent(Api.Minimal().ToJsonString(), Encoding.UTF8, "application/json"),
        },
        token);

    private Task<Answer> SendAsync(HttpRequestMessage request, string token)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return service.Api.SendAsync(request);
    }
}
