using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Client;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Clients;

/// <summary>The client for C#, as a program has it.</summary>
internal static class DotnetClient
{
    public static IOrderIssueClient Of(Api api) => Of(options => options.BaseUrl = api.Address);

    public static IOrderIssueClient Of(Action<OrderIssueClientOptions> configure, HttpMessageHandler? handler = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        var http = services.AddOrderIssueClient(options =>
        {
            options.BaseUrl = new("http://issues.example");
            configure(options);
        });
        if (handler is not null)
        {
            http.ConfigurePrimaryHttpMessageHandler(() => handler);
        }

        return services.AddSingleton(time ?? TimeProvider.System).BuildServiceProvider().GetRequiredService<IOrderIssueClient>();
    }

    public static IOrderIssueClient Of(HttpMessageHandler handler, TimeProvider? time = null) => Of(_ => { }, handler, time);

    public static async Task<OrderIssueException> FailureOf(Task call) => (await Assert.ThrowsAsync<OrderIssueException>(() => call))!;
}
