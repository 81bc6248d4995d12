namespace OrderIssues.WebApi.FunctionalTests;

/// <summary>One service for all tests that don't need one of their own. They run in parallel, each on orders of its own.</summary>
[SetUpFixture]
internal sealed class Shared
{
    private static Hosting.Service? service;

    public static Hosting.Api Api => service!.Api;

    [OneTimeSetUp]
    public void Start() => service = Hosting.Service.Start();

    [OneTimeTearDown]
    public void Stop() => service?.Dispose();
}
