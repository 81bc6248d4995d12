using Microsoft.Extensions.Time.Testing;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues.Exports;

/// <summary>A service whose issues are exported, with a clock of its own.</summary>
public abstract class ExportFixture(StoreKind store)
{
    private Service? service;

    private protected FakeTimeProvider Time { get; } = new(new(2025, 11, 20, 10, 0, 0, TimeSpan.Zero));

    private protected Service Service => service!;

    private protected Api Api => Service.Api;

    [SetUp]
    public void Start() => service = Service.On(store, Time);

    [TearDown]
    public void Stop() => service?.Dispose();
}
