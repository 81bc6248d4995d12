using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration.Memory;
using OrderIssues.WebApi;
using OrderIssues.WebApi.Hosting;
using OrderIssues.WebApi.Limits;
using OrderIssues.WebApi.OpenApi;
using OrderIssues.WebApi.Routing;
using OrderIssues.WebApi.Security;

if (HealthProbe.IsAskedFor(args))
{
    return await HealthProbe.RunAsync(args);
}

if (MakeKeyCommand.IsAskedFor(args))
{
    await MakeKeyCommand.RunAsync();
    return 0;
}

WebApplicationBuilder? builder = null;
try
{
    builder = WebApplication.CreateBuilder(args);

    // Paths name orders, and anybody can send wrong credentials: neither is logged unless configuration says otherwise.
    builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
    {
        InitialData =
        [
            KeyValuePair.Create("Logging:LogLevel:Microsoft.AspNetCore", (string?)"Warning"),
            KeyValuePair.Create("Logging:LogLevel:OrderIssues.WebApi.Security.CredentialScheme", (string?)"Warning"),
        ],
    });

    // A failed start is reported below in one line, without a stack trace. Later failures of the host are critical.
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    builder.WebHost.ConfigureKestrel(ServerLimits.Configure).UseSockets(ServerLimits.Configure);
    builder.AddOrderIssues();

    var app = builder.Build();
    app.LogAnonymousAccess();
    app.LogUnreadKeys(builder.UnreadKeys());
    app.LogUnreadableFiles();
    app.UseSecurityHeaders();
    app.UseCors();
    app.UseResponseCompression();
    app.UseProblems();
    app.UseOpenApi(document => document.PostProcess = (served, _) => OpenApiSetup.ServeHere(served));
    app.UseSwaggerUi(page => page.TransformToExternalPath = (path, _) => path);
    app.UseRoutingOnRawPath();
    app.UseRequestTimeouts();
    app.UseAuthentication();

    // Before authorization, so that guessing credentials is limited too.
    app.UseRateLimiter();
    app.UseAuthorization();
    app.MapHealth();
    app.MapControllers().WithHead().RequireScopes();
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is StartupException or InvalidDataException)
{
    await Console.Error.WriteLineAsync($"The service can't start. {exception.Message}");
    foreach (var key in builder?.UnreadKeys() ?? [])
    {
        await Console.Error.WriteLineAsync($"{key} {ConfigurationWarnings.IsUnread}");
    }

    return 1;
}
catch (IOException exception) when (exception.InnerException is AddressInUseException)
{
    await Console.Error.WriteLineAsync($"The service can't start. ASPNETCORE_URLS: {exception.Message}");
    return 1;
}
