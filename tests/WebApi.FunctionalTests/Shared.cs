using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests;

/// <summary>One service a store for all tests that don't need one of their own. They run in parallel, each on orders of its own.</summary>
[SetUpFixture]
internal sealed class Shared
{
    /// <summary>Name of a webhook that nobody listens at, and that takes events which there are none of.</summary>
    public const string Webhook = "erp";

    public static readonly IReadOnlyList<(string Key, string Value)> WebhookSettings =
    [
        ("Webhooks:AllowedHosts", "localhost"), ("Webhooks:0:Name", Webhook), ("Webhooks:0:Url", "https://localhost:1/"),
        ("Webhooks:0:Secret", "whsec_bm90IGEgc2VjcmV0IG9mIGFueWJvZHkh"), ("Webhooks:0:Types", "order_issue.erased"),
    ];

    private static readonly Dictionary<StoreKind, Lazy<Service>> Services =
        Enum.GetValues<StoreKind>().ToDictionary(store => store, store => new Lazy<Service>(() => Service.On(store, [.. WebhookSettings])));

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
