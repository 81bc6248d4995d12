using Microsoft.Extensions.FileProviders;
using OrderIssues.WebApi.Routing;
using OrderIssues.WebApi.Security;

namespace OrderIssues.WebApi.BrowserConsole;

/// <summary>Files of the console in the browser, below <c>/console</c>.</summary>
internal static class ConsoleFiles
{
    private const string Path = OpenPaths.Console;

    /// <summary>Folder of the files whose names change with their content.</summary>
    private const string Assets = "/assets";

    private const string ForGood = "public, max-age=31536000, immutable";
    private const string AskEachTime = "no-cache";

    /// <exception cref="StartupException">A configured value can't be used.</exception>
    public static IServiceCollection AddConsole(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSection<ConsoleOptions>(configuration, ConsoleOptions.Section, options =>
            options.Oidc.Authority = configuration.GetSection(JwtOptions.Section).GetValue<Uri?>(nameof(JwtOptions.Authority)));
        return services.AddSingleton<ConsolePage>();
    }

    /// <summary>Serves the files, and the page for all other paths there that could be its own.</summary>
    public static void UseConsole(this WebApplication app)
    {
        var folder = System.IO.Path.Combine(AppContext.BaseDirectory, "wwwroot", "console");
        IFileProvider files = Directory.Exists(folder) ? new PhysicalFileProvider(folder) : new NullFileProvider();
        app.MapWhen(context => context.Request.Path.StartsWithSegments(Path), console =>
        {
            console.Use((context, next) => context.Request.Path.StartsWithSegments(Path, out var rest) && !IsFile(rest)
                ? SendPageAsync(context, rest, files)
                : next(context));
            console.UseStaticFiles(new StaticFileOptions
            {
                FileProvider = files,
                RequestPath = Path,
                OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
                    file.Context.Request.Path.StartsWithSegments(Path + Assets) ? ForGood : AskEachTime,
            });
            console.Run(context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
        });
    }

    /// <summary>True for what names a file: the page's own addresses have a dot at most in the number of an issue.</summary>
    private static bool IsFile(PathString path) =>
        path.StartsWithSegments(Assets)
        || (path != $"/{ConsolePage.FileName}" && path.Value!.LastIndexOf('/') == 0 && path.Value.Contains('.', StringComparison.Ordinal));

    private static Task SendPageAsync(HttpContext context, PathString rest, IFileProvider files)
    {
        if (rest.HasValue)
        {
            return context.RequestServices.GetRequiredService<ConsolePage>().SendAsync(context, files);
        }

        // Relative names need the slash.
        context.Response.Redirect($"{context.Request.PathBase.Add($"{Path}/").ToUriComponent()}{context.Request.QueryString}");
        return Task.CompletedTask;
    }
}
