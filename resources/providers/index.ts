/**
 * What each provider is known to do, as data: one file a provider, every statement with its source link.
 * Static imports, so that the list is the same bundled, in tests and in Electron's plain Node. The shape is in
 * src-main/diagnosis/knowledge/schema.ts and checked in tests/main/diagnosis/knowledge.test.ts.
 */
import apple from './apple.json' with { type: 'json' };
import atlassian from './atlassian.json' with { type: 'json' };
import auth0 from './auth0.json' with { type: 'json' };
import authelia from './authelia.json' with { type: 'json' };
import authentik from './authentik.json' with { type: 'json' };
import awsCognito from './aws-cognito.json' with { type: 'json' };
import azureAdB2c from './azure-ad-b2c.json' with { type: 'json' };
import box from './box.json' with { type: 'json' };
import dex from './dex.json' with { type: 'json' };
import discord from './discord.json' with { type: 'json' };
import docusign from './docusign.json' with { type: 'json' };
import dropbox from './dropbox.json' with { type: 'json' };
import duendeIdentityserver from './duende-identityserver.json' with { type: 'json' };
import entra from './entra.json' with { type: 'json' };
import entraExternalId from './entra-external-id.json' with { type: 'json' };
import facebook from './facebook.json' with { type: 'json' };
import fusionauth from './fusionauth.json' with { type: 'json' };
import github from './github.json' with { type: 'json' };
import gitlab from './gitlab.json' with { type: 'json' };
import google from './google.json' with { type: 'json' };
import hubspot from './hubspot.json' with { type: 'json' };
import intuitQuickbooks from './intuit-quickbooks.json' with { type: 'json' };
import keycloak from './keycloak.json' with { type: 'json' };
import linkedin from './linkedin.json' with { type: 'json' };
import nodeOidcProvider from './node-oidc-provider.json' with { type: 'json' };
import okta from './okta.json' with { type: 'json' };
import onelogin from './onelogin.json' with { type: 'json' };
import oryHydra from './ory-hydra.json' with { type: 'json' };
import paypal from './paypal.json' with { type: 'json' };
import ping from './ping.json' with { type: 'json' };
import reddit from './reddit.json' with { type: 'json' };
import salesforce from './salesforce.json' with { type: 'json' };
import slack from './slack.json' with { type: 'json' };
import spotify from './spotify.json' with { type: 'json' };
import springAuthorizationServer from './spring-authorization-server.json' with { type: 'json' };
import twitch from './twitch.json' with { type: 'json' };
import xTwitter from './x-twitter.json' with { type: 'json' };
import xero from './xero.json' with { type: 'json' };
import zitadel from './zitadel.json' with { type: 'json' };
import zoho from './zoho.json' with { type: 'json' };
import zoom from './zoom.json' with { type: 'json' };

export const providerFiles: readonly unknown[] = [
  apple, atlassian, auth0, authelia, authentik, awsCognito,
  azureAdB2c, box, dex, discord, docusign, dropbox,
  duendeIdentityserver, entra, entraExternalId, facebook, fusionauth, github,
  gitlab, google, hubspot, intuitQuickbooks, keycloak, linkedin,
  nodeOidcProvider, okta, onelogin, oryHydra, paypal, ping,
  reddit, salesforce, slack, spotify, springAuthorizationServer, twitch,
  xTwitter, xero, zitadel, zoho, zoom,
];
