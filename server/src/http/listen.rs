//! Takes connections, and stops without losing one.

use super::door::Peer;
use super::front::Front;
use futures::FutureExt;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// After a stop was asked for, connections are still taken for so long: a request that was sent before the stop
/// may wait in the kernel's queue, and whoever balances load needs a moment to notice.
const GRACE: Duration = Duration::from_millis(300);
/// How long requests under way may take after that.
const LAST_CALL: Duration = Duration::from_secs(8);
/// A client that has not sent its headers by then is not going to; also how long an idle connection is kept,
/// longer than proxies keep theirs, so that they never send into one that is closing.
const HEADERS_WITHIN: Duration = Duration::from_secs(75);
/// More than any browser sends; what is larger never reaches the door.
const LARGEST_HEAD: usize = 128 * 1024;
/// Beyond these, clients wait in the kernel's queue instead of in our memory.
const MOST_CONNECTIONS: usize = 4096;

/// Serves until `stop` is done, then takes no new connections and finishes the requests under way.
pub async fn serve(listener: TcpListener, front: Front, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN).max_buf_size(LARGEST_HEAD);
    let connections = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let begin = |stream: TcpStream, peer: SocketAddr, place: Option<OwnedSemaphorePermit>| {
        // Small answers leave at once instead of waiting for more to send.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection was gone before it began");
            return;
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
            drop(place);
        });
    };

    let stop = async {
        stop.await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::pin!(stop);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await.ok();
            (listener.accept().await, place)
        };
        tokio::select! {
            () = &mut stop => break,
            (accepted, place) = next => match accepted {
                Ok((stream, peer)) => begin(stream, peer, place),
                Err(error) => {
                    // Out of file descriptors, most likely: let some connections end first.
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
        }
    }
    // Those that already stand in the queue: closing the listener would reset them.
    while let Some(Ok((stream, peer))) = listener.accept().now_or_never() {
        begin(stream, peer, None);
    }
    drop(listener);
    // A connection taken just now has not been read yet, and would be closed as an idle one.
    tokio::time::sleep(GRACE).await;
    if tokio::time::timeout(LAST_CALL, connections.shutdown()).await.is_err() {
        tracing::warn!("some requests took longer than {} seconds and were cut off", LAST_CALL.as_secs());
    }
}
