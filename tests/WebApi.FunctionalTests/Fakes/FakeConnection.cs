using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Fakes;

/// <summary>Takes a request for what its headers of these names say: from another address, or come in by HTTPS.</summary>
internal sealed class FakeConnection : IStartupFilter
{
    public const string Address = "X-Test-Address";
    public const string Https = "X-Test-Https";

    public static Service Start(params (string Key, string Value)[] settings) =>
        Service.With(services => services.AddSingleton<IStartupFilter, FakeConnection>(), settings);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            if (context.Request.Headers[Address] is [{ } address])
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(address);
            }

            context.Request.IsHttps = context.Request.Headers.ContainsKey(Https);
            return following(context);
        });
        next(app);
    };
}
