using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests;

/// <summary>One service a store for all tests that don't need one of their own. They run in parallel, each on orders of its own.</summary>
[SetUpFixture]
internal sealed class Shared
{
    /// <summary>Endpoint that takes nothing.</summary>
    private static readonly (string Key, string Value)[] Webhook =
    [
        ("Webhooks:AllowedHosts", "localhost"), ("Webhooks:0:Name", "erp"), ("Webhooks:0:Url", "https://localhost:1/"),
        ("Webhooks:0:Secret", "whsec_bm90IGEgc2VjcmV0IG9mIGFueWJvZHkh"),
    ];

    private static readonly Dictionary<StoreKind, Lazy<Service>> Services =
        Enum.GetValues<StoreKind>().ToDictionary(store => store, store => new Lazy<Service>(() => Service.On(store, Webhook)));

    public static Api Api => On(StoreKind.Sqlite);

    public static Api On(StoreKind store) => Services[store].Value.Api;

    [OneTimeTearDown]
    public void Stop()
    {
        foreach (var service in Services.Values.Where(service => service.IsValueCreated))
        {
            service.Value.Dispose();
        }
    }
}
