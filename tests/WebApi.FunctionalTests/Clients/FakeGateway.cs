using Microsoft.AspNetCore.Http;
using OrderIssues.WebApi.FunctionalTests.Fakes;

namespace OrderIssues.WebApi.FunctionalTests.Clients;

/// <summary>What stands where the service should, on a real socket. Answers with an issue.</summary>
internal sealed class FakeGateway : FakeApi
{
    public static Task<FakeGateway> StartAsync() => StartAsync(new FakeGateway());

    protected override string Describe(HttpRequest request) => $"{request.Method} {request.Path} {request.Headers["X-Api-Key"]}".TrimEnd();

    protected override Task AnswerAsync(HttpContext context) => (Instead() ?? Body(Steps.Issue))(context);
}
