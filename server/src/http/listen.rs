//! Takes connections, and stops without losing one.

use super::door::Peer;
use super::front::Front;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::future::Future;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long requests under way may take after a stop was asked for.
const LAST_CALL: Duration = Duration::from_secs(9);
/// A client that has not sent its headers by then is not going to.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);
/// More than any browser sends; what is larger never reaches the door.
const LARGEST_HEAD: usize = 128 * 1024;

/// Serves until `stop` is done, then takes no new connections and finishes the requests under way.
pub async fn serve(listener: TcpListener, front: Front, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN).max_buf_size(LARGEST_HEAD);
    let connections = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, most likely: let some connections end first.
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        // Small answers leave at once instead of waiting for more to send.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection was gone before it began");
            continue;
        }
        let front = front.clone();
        let service = hyper::service::service_fn(move |mut request| {
            request.extensions_mut().insert(Peer(peer));
            front.call(request)
        });
        let connection = connections.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // Clients hang up all the time; that is no failure of ours.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(LAST_CALL, connections.shutdown()).await.is_err() {
        tracing::warn!("some requests took longer than {} seconds and were cut off", LAST_CALL.as_secs());
    }
}
